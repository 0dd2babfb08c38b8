import { type Established, establishedOf } from '../network/established.ts'
import type { Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import { type HeldListener, listenersOf } from './listeners.ts'
import { openFilesOf } from './open-files.ts'
import { type Process, processesOf } from './processes.ts'
import { hasTerminal, terminalOf } from './terminal.ts'
import { type UnixSocket, unixSocketsOf } from './unix-sockets.ts'
import { unlinkedHeldBy } from './unlinked.ts'

/** What a process holds open, by the number that it has for it. `target` is what its link in /proc/PID/fd leads to. */
export type Descriptor = {
  readonly process: Process
  readonly fd: number
  readonly mode: 'r' | 'w' | 'u'
  readonly target: string
  /** The socket's number; of a file or device there is none. */
  readonly inode: number | undefined
  readonly listener: HeldListener['listener'] | undefined
  readonly open: Established | undefined
  readonly unix: UnixSocket | undefined
}

type Bare = Partial<Pick<Descriptor, 'mode' | 'listener' | 'open' | 'unix'>> & { readonly path?: string }

/** Stands behind the path of a file that has lost its name. */
export const DELETED = ' (deleted)'

const INODES_FROM = 21_000
const INODES_EACH = 97

/** The number of a process's socket; the same in every tool that shows it. */
const inodeOf = ({ pid }: Process, fd: number): number => INODES_FROM + pid * INODES_EACH + fd

const outputsOf = (process: Process): readonly Bare[] => {
  const { kind } = process
  if (kind === 'init' || kind === 'shim' || kind === 'pause')
    return ['r', 'w', 'w'].map(mode => ({ path: '/dev/null', mode: mode as 'r' | 'w' }))
  if (kind === 'free')
    return [0, 1, 2].map(() => ({ path: hasTerminal(process) ? terminalOf(process) : '/dev/null' }))
  const own: Bare = kind === 'container' || kind === 'helper' ? { path: 'pipe', mode: 'w' } : {}
  return [{ path: '/dev/null', mode: 'r' }, own, own]
}

const targetOf = ({ path }: Bare, inode: number): string =>
  path === undefined ? `socket:[${inode}]` : path === 'pipe' ? `pipe:[${inode}]` : path

type Sockets = {
  readonly held: readonly HeldListener[]
  readonly open: readonly Established[]
  readonly unix: readonly UnixSocket[]
}

const socketsAt = (world: World, machine: Machine): Sockets => ({
  held: listenersOf(world, machine),
  open: establishedOf(world, machine),
  unix: unixSocketsOf(machine, processesOf(world, machine)),
})

type Moment = { readonly world: World; readonly nowMs: number; readonly sockets: Sockets }

const moments = new WeakMap<Machine, Moment>()

/** The sockets at one moment of the world's time: who walks through /proc asks for them a thousand times within it. */
const socketsNow = (world: World, machine: Machine): Sockets => {
  const known = moments.get(machine)
  if (known?.world === world && known.nowMs === world.nowMs) return known.sockets
  const sockets = socketsAt(world, machine)
  moments.set(machine, { world, nowMs: world.nowMs, sockets })
  return sockets
}

/** Programs that wait in other ways than by epoll. */
const withoutEpoll: ReadonlySet<string> = new Set(['sshd', 'cron', 'bash', 'sh', 'agetty', 'nc', 'sleep'])

const ofProcess = (machine: Machine, process: Process, { held, open, unix }: Sockets): Descriptor[] => {
  if (process.kind === 'kernel') return []
  const mine = <T extends { readonly pid: number }>(all: readonly T[]): readonly T[] =>
    all.filter(({ pid }) => pid === process.pid)
  const bare: readonly Bare[] = [
    ...outputsOf(process),
    ...(withoutEpoll.has(process.name) ? [] : [{ path: 'anon_inode:[eventpoll]' }]),
    ...mine(unix).map(socket => ({ unix: socket })),
    ...mine(held).map(({ listener }) => ({ listener })),
    ...mine(open).map(socket => ({ open: socket })),
    ...openFilesOf(machine, process).map(path => ({ path, mode: 'w' as const })),
    ...unlinkedHeldBy(machine, process.pid).map(({ path }) => ({
      path: `${path}${DELETED}`,
      mode: 'w' as const,
    })),
  ]
  return bare.map((each, fd) => ({
    process,
    fd,
    mode: each.mode ?? 'u',
    target: targetOf(each, inodeOf(process, fd)),
    inode: each.path === undefined ? inodeOf(process, fd) : undefined,
    listener: each.listener,
    open: each.open,
    unix: each.unix,
  }))
}

/** What the processes of a machine hold open, by process and number. */
export const descriptorsOf = (world: World, machine: Machine): readonly Descriptor[] => {
  const sockets = socketsAt(world, machine)
  return processesOf(world, machine).flatMap(process => ofProcess(machine, process, sockets))
}

/** What one process holds open. */
export const descriptorsOfProcess = (
  world: World,
  machine: Machine,
  process: Process,
): readonly Descriptor[] => ofProcess(machine, process, socketsNow(world, machine))
