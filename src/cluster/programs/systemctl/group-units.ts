import { baseName, isBelow } from '../../files/paths.ts'
import { controlGroupOf, isInGroup, withParents } from '../../relations/control-group.ts'
import { madeGroups } from '../../relations/pod-group.ts'
import { type Process, processesOf } from '../../relations/processes.ts'
import type { Call } from '../../shell/program.ts'
import { createUnit } from '../../systemd/load-unit.ts'
import { TRANSIENT } from '../../systemd/unit-sources.ts'
import type { MadeGroup } from '../../world/container.ts'
import type { Machine } from '../../world/machine.ts'
import type { Unit } from '../../world/unit.ts'
import { scopeTitle } from './scope-status.ts'

const known: Readonly<Record<string, string>> = {
  '-.slice': 'Root Slice',
  'init.scope': 'System and Service Manager',
  'system.slice': 'System Slice',
  'user.slice': 'User and Session Slice',
}

const ofUser = /^user[-@](\d+)\.(slice|service)$/

const titleOf = (name: string, first: Process | undefined): string => {
  const [, id, kind] = ofUser.exec(name) ?? []
  if (id !== undefined) return kind === 'slice' ? `User Slice of UID ${id}` : `User Manager for UID ${id}`
  if (name.endsWith('.scope') && first !== undefined) return known[name] ?? scopeTitle(name, first)
  return known[name] ?? `libcontainer container ${name}`
}

const fragmentOf = (name: string): string => {
  if (name === 'user.slice') return '/lib/systemd/system/user.slice'
  if (name.startsWith('user@')) return '/lib/systemd/system/user@.service'
  return Object.hasOwn(known, name) || ofUser.test(name) ? '' : `${TRANSIENT}/${name}`
}

type Held = { readonly members: readonly Process[]; readonly made: readonly MadeGroup[] }

const unitAt = (machine: Machine, group: string, { members, made }: Held): Unit => {
  const name = group === '/' ? '-.slice' : baseName(group)
  const [first] = members
  const unit = createUnit(name, 'plain')
  const sub = name.endsWith('.slice') ? 'active' : 'running'
  // What systemd has from the start is as old as the boot.
  const sinceMs = Object.hasOwn(known, name)
    ? machine.bootedMs
    : Math.min(...members.map(({ startedMs }) => startedMs), ...made.map(({ madeMs }) => madeMs))
  Object.assign(unit, { group, load: 'loaded', active: 'active', sub, sinceMs, startedMs: sinceMs })
  Object.assign(unit, { fragmentPath: fragmentOf(name), mainPid: name.endsWith('.service') ? first?.pid : 0 })
  Object.assign(unit.definition, {
    description: titleOf(name, first),
    isTasksUnlimited: !name.endsWith('.service'),
  })
  return unit
}

const isUnits = (group: string): boolean =>
  group === '/' || /\.(slice|scope)$|^\/user\.slice\/[^/]+\/user@\d+\.service$/.test(group)

/** What systemd has as units because of their control groups: slices of pods, and slices, scopes and managers of users in which processes lie. */
export const groupUnits = ({ world, machine }: Call): readonly Unit[] => {
  const processes = processesOf(world, machine).filter(({ kind }) => kind !== 'kernel')
  const made = madeGroups(machine)
  const groups = new Set(
    [...processes.map(controlGroupOf), ...made.map(({ path }) => path)].flatMap(withParents),
  )
  return [...groups]
    .filter(group => isUnits(group) && !/user@\d+\.service\/./.test(group))
    .map(group =>
      unitAt(machine, group, {
        members: processes.filter(process => isInGroup(process, group)),
        made: made.filter(({ path }) => isBelow(path, group)),
      }),
    )
}
