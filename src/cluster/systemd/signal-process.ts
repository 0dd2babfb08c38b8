import { childOf } from '../relations/child-process.ts'
import { respawnChild } from '../relations/container-children.ts'
import { outsideNumber } from '../relations/inside-processes.ts'
import type { Process } from '../relations/processes.ts'
import { isStopped } from '../relations/stopped.ts'
import { managerOf } from '../relations/unit-of.ts'
import type { Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import { endProcess } from './end-process.ts'
import { sayLines, signalNumber } from './unit-lines.ts'

/** Signals that do not end a process that is written well. */
const harmless = /^(HUP|USR1|USR2|WINCH|CHLD|0)$/

const stopping = /^(STOP|TSTP|TTIN|TTOU)$/

/** Services that end with status 0 when they are told to by TERM; others die of the signal. */
const endsWell = /^(sshd|chronyd|rsyslogd|cron|kubelet|containerd|dockerd)$/

const endFree = (machine: Machine, process: Process, signal: string): void => {
  const { free } = process
  if (
    free === undefined ||
    (free.ignoresTerm && signal !== 'KILL') ||
    free.state === 'D' ||
    free.state === 'Z'
  )
    return
  machine.processes = machine.processes.filter(({ pid }) => pid !== process.pid)
}

/** Without its shim, or the process that holds its namespaces, a sandbox is none any more, and the runtime ends its containers as by KILL. */
const endSandbox = (machine: Machine, { sandboxId: ended }: Process, atMs: number): void => {
  const runtime = (machine.runtime === undefined ? machine.planet : machine)?.runtime
  const sandbox = runtime?.sandboxes.find(({ id }) => id === ended)
  if (sandbox !== undefined) sandbox.state = 'not-ready'
  for (const container of runtime?.containers ?? [])
    if (container.sandboxId === ended && container.state === 'running')
      Object.assign(container, {
        state: 'exited',
        exitCode: 137,
        reason: 'Error',
        finishedMs: atMs,
        isEndUntold: true,
      })
}

/** Stops a process or lets it go on: its host and a Planet within it know of it. */
const setStopped = (machine: Machine, pid: number, how: 'stopped' | 'going'): void => {
  for (const place of machine.planet === undefined ? [machine] : [machine, machine.planet]) {
    const others = (place.stoppedPids ?? []).filter(stopped => stopped !== pid)
    place.stoppedPids = how === 'stopped' ? [...others, pid] : others
  }
}

/** Sends a signal to a process: what that does to its unit, its container, or itself. A process that waits for a disk does not die. */
export const signalProcess = (
  world: World,
  machine: Machine,
  { process, signal }: { readonly process: Process; readonly signal: string },
): void => {
  const { unit, container } = process
  const atMs = world.nowMs
  if (harmless.test(signal) || (stopping.test(signal) && process.kind === 'kernel')) return
  if (stopping.test(signal) || signal === 'CONT') {
    setStopped(machine, process.pid, signal === 'CONT' ? 'going' : 'stopped')
    return
  }
  // A stopped process takes no other signal before it goes on, save the one that needs no taking.
  if (isStopped(machine, process.pid) && signal !== 'KILL') return
  const child = process.kind === 'child' && unit !== undefined ? childOf(unit) : undefined
  if (process.kind === 'shim' || process.kind === 'pause') endSandbox(machine, process, atMs)
  else if (child !== undefined && unit !== undefined) {
    const { exit, lines } = child.ending({ name: signal, number: signalNumber(signal) ?? 15 })
    const at = { machine: managerOf(machine, unit), unit, atMs }
    sayLines(
      at,
      lines.map(text => ({ text, priority: 3 })),
    )
    endProcess(world, at, exit)
  } else if (unit !== undefined) {
    const isClean = signal === 'TERM' && endsWell.test(process.name)
    const exit = isClean
      ? ({ code: 'exited', status: 0, signal: undefined } as const)
      : ({ code: 'killed', status: signalNumber(signal) ?? 15, signal } as const)
    endProcess(world, { machine: managerOf(machine, unit), unit, atMs }, exit)
  } else if (container !== undefined) {
    const carrier = machine.inside?.seesAllProcesses === false ? machine.inside.carrier : machine
    const pid = carrier === machine ? process.pid : outsideNumber(container, process.pid)
    if (respawnChild(container, pid, { pid: carrier.nextPid + 1, atMs })) {
      carrier.nextPid += 1
      return
    }
    Object.assign(container, {
      state: 'exited',
      exitCode: signal === 'KILL' ? 137 : 143,
      reason: 'Error',
      finishedMs: atMs,
      isEndUntold: true,
    })
  } else if (process.kind === 'free') endFree(machine, process, signal)
}
