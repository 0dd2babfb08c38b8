import { baseName } from '../../files/paths.ts'
import { controlGroupOf } from '../../relations/control-group.ts'
import { type Process, processesOf } from '../../relations/processes.ts'
import { sessionScope } from '../../relations/user-managers.ts'
import type { Call } from '../../shell/program.ts'
import { asText } from '../../text/columns.ts'
import { spanText, systemdBytes } from '../../text/spans.ts'
import { ownProcesses } from '../process/own-processes.ts'
import { groupTree } from './group-tree.ts'
import { laidOut } from './older-layout.ts'
import { sinceText } from './system-status.ts'

/** What a scope is called by who made it: logind, or a container runtime. */
export const scopeTitle = (name: string, { user, container, sandboxId }: Process): string => {
  const session = /^session-(\d+)\.scope$/.exec(name)?.[1]
  return session === undefined
    ? `libcontainer container ${container?.id ?? sandboxId ?? ''}`
    : `Session ${session} of User ${user}`
}

/** The status of the scope that a process lies in, a session's or a container's; `undefined` for one in no scope. */
export const scopeStatus = (call: Call, pid: number): string | undefined => {
  const { world, machine } = call
  const all = [...processesOf(world, machine), ...ownProcesses(call, 'systemctl')]
  const process = all.find(each => each.pid === pid)
  if (process === undefined || process.kind === 'init') return undefined
  const group = controlGroupOf(process)
  const name = baseName(group)
  if (!name.endsWith('.scope')) return undefined
  const members = all.filter(each => controlGroupOf(each) === group)
  const sum = (of: (each: Process) => number): number => members.reduce((total, each) => total + of(each), 0)
  const [first = process] = members
  const isLeft = machine.leftSessions?.some(session => sessionScope(machine, session) === group) === true
  return asText(
    laidOut(call.machine, [
      `● ${name} - ${scopeTitle(name, process)}`,
      `     Loaded: loaded (/run/systemd/transient/${name}; transient)`,
      '  Transient: yes',
      `     Active: active (${isLeft ? 'abandoned' : 'running'}) since ${sinceText(call, first.startedMs)}`,
      `      Tasks: ${sum(({ threads }) => threads)}`,
      `     Memory: ${systemdBytes(sum(({ memoryBytes }) => memoryBytes))}`,
      `        CPU: ${spanText(sum(({ cpuMs }) => cpuMs))}`,
      `     CGroup: ${group}`,
      ...groupTree(members, group).map(line => `             ${line}`),
    ]),
  )
}
