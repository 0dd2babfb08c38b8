import type { Machine } from '../world/machine.ts'
import type { Unit, UnitExit } from '../world/unit.ts'
import { CHILD_AFTER } from './container-children.ts'

/** A process that the main process of a unit forks and cannot do without. */
export type ChildProcess = {
  readonly pid: number
  /** Since when it runs, where that is not as long as its parent. */
  readonly startedMs?: number
  readonly command: string
  readonly user: string
  /** Which part of the unit's memory and time is its own. */
  readonly share: number
  /** Whether it is the one that listens. */
  readonly listens: boolean
  /** The ports that it alone listens on. */
  readonly ports?: readonly number[]
  /** How the main process ends when it is killed, and what it says. */
  readonly ending: (signal: { readonly name: string; readonly number: number }) => {
    readonly exit: UnitExit
    readonly lines: readonly string[]
  }
}

const exited = (status: number): UnitExit => ({ code: 'exited', status, signal: undefined })

/** The one that took the place of the first child of a unit's main process, if any. */
const successorOf = ({ forked, mainPid }: Unit): Unit['forked'] =>
  forked?.by === mainPid ? forked : undefined

/** The pid of the child that a unit's main process has, or will have. */
export const childPidOf = (unit: Unit): number => successorOf(unit)?.pid ?? unit.mainPid + CHILD_AFTER

const sinceWhen = (unit: Unit): { readonly startedMs?: number } => {
  const startedMs = successorOf(unit)?.startedMs
  return startedMs === undefined ? {} : { startedMs }
}

const haproxyWorker = (unit: Unit): ChildProcess => {
  const pid = childPidOf(unit)
  const said = (level: string, text: string): string =>
    `${`[${level}]`.padEnd(10)} (${unit.mainPid}) : ${text}`
  return {
    pid,
    ...sinceWhen(unit),
    command: unit.execStart,
    user: 'haproxy',
    share: 0.75,
    listens: true,
    ending: ({ name, number }) => ({
      exit: exited(128 + number),
      lines: [
        said(
          'ALERT',
          `Current worker #1 (${pid}) exited with code ${128 + number} (${name === 'KILL' ? 'Killed' : 'Terminated'})`,
        ),
        said('ALERT', 'exit-on-failure: killing every processes with SIGTERM'),
        said('WARNING', `All workers exited. Exiting... (${128 + number})`),
      ],
    }),
  }
}

/** Where containerd streams what is typed into containers. */
const STREAMING_PORT = 10_010

const containerdOfK3s = (unit: Unit): ChildProcess => ({
  pid: childPidOf(unit),
  ...sinceWhen(unit),
  command: 'containerd',
  user: 'root',
  share: 0.2,
  listens: false,
  ports: [STREAMING_PORT],
  ending: ({ name }) => ({
    exit: exited(1),
    lines: [`level=fatal msg="containerd exited: signal: ${name === 'KILL' ? 'killed' : 'terminated'}"`],
  }),
})

const byService: Readonly<Record<string, (unit: Unit) => ChildProcess>> = {
  haproxy: haproxyWorker,
  k3s: containerdOfK3s,
  'k3s-agent': containerdOfK3s,
}

/** Whether units of a service fork a child. */
export const forksChild = ({ service }: Pick<Unit, 'service'>): boolean => byService[service] !== undefined

/** The child of a unit's main process, while there is one: of one that is up, or whose start has come as far. */
export const childOf = (unit: Unit): ChildProcess | undefined =>
  unit.mainPid !== 0 && (unit.active === 'active' || successorOf(unit) !== undefined)
    ? byService[unit.service]?.(unit)
    : undefined

/** How many numbers of processes k3s has used up for modprobe, iptables and others by the time that it forks. */
const HELPERS = 17

/** Forks the child that a start needs. */
export const forkChild = (machine: Machine, unit: Unit, startedMs: number): void => {
  machine.nextPid += HELPERS
  unit.forked = { by: unit.mainPid, pid: machine.nextPid, startedMs }
}
