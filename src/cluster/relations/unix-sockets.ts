import { isBelow, throughRunLink } from '../files/paths.ts'
import type { LostSocket, Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import { childOf, forksChild } from './child-process.ts'
import { type Process, processesOf } from './processes.ts'

/** A socket of the Unix domain that a process waits at. */
export type UnixSocket = {
  readonly pid: number
  readonly name: string
  readonly path: string
  readonly type: 'u_str' | 'u_dgr' | 'u_seq'
  /** Since when its file is there. */
  readonly madeMs: number
}

const ofSystemd: readonly (readonly [string, UnixSocket['type']])[] = [
  ['/run/systemd/notify', 'u_dgr'],
  ['/run/systemd/private', 'u_str'],
  ['/run/systemd/journal/stdout', 'u_str'],
  ['/run/systemd/journal/dev-log', 'u_dgr'],
  ['/run/systemd/journal/socket', 'u_dgr'],
  ['/run/dbus/system_bus_socket', 'u_str'],
  ['/run/udev/control', 'u_seq'],
]

/** Where programs wait for clients on their machine. */
const byProgram: Readonly<Record<string, readonly string[]>> = {
  kubelet: ['/var/lib/kubelet/device-plugins/kubelet.sock', '/var/lib/kubelet/pod-resources/kubelet.sock'],
  dockerd: ['/run/docker.sock'],
  haproxy: ['/run/haproxy/admin.sock'],
  chronyd: ['/run/chrony/chronyd.sock'],
}

const pathsOf = (machine: Machine, process: Process): readonly string[] => {
  const { name, unit, kind, container, sandboxId } = process
  const { runtime } = machine
  if (kind === 'shim') return [`/run/containerd/s/${sandboxId}`]
  if (unit === undefined || container !== undefined) return []
  if (unit.active !== 'active' && kind !== 'child') return []
  // What a child is there for the main process does not do.
  if (kind === 'unit' && childOf(unit) !== undefined) return []
  const ofRuntime =
    runtime?.unit === unit.name && !runtime.socket.endsWith('docker.sock')
      ? [runtime.socket, `${runtime.socket}.ttrpc`]
      : []
  return [...(byProgram[name] ?? []), ...ofRuntime]
}

/** The note of a socket's file that was removed since its process made it. */
export const lostSocketOf = (
  { lostSockets }: Machine,
  { path, pid }: Pick<UnixSocket, 'path' | 'pid'>,
): LostSocket | undefined => lostSockets?.find(lost => lost.path === path && lost.pid === pid)

/** The process behind a runtime's sockets: a unit of its own, or the child that k3s keeps. */
const waiterOf = ({ isPowered, units, runtime }: Machine): { pid: number; startedMs: number } | undefined => {
  const unit = units.get(runtime?.unit ?? '')
  if (!isPowered || unit === undefined) return undefined
  const startedMs = unit.startedMs ?? unit.sinceMs
  if (forksChild(unit)) {
    const child = childOf(unit)
    return child === undefined ? undefined : { pid: child.pid, startedMs: child.startedMs ?? startedMs }
  }
  return unit.active === 'active' ? { pid: unit.mainPid, startedMs } : undefined
}

/** The pid of the process that waits at a runtime's socket, while there is one. */
export const runtimePidOf = (machine: Machine): number | undefined => waiterOf(machine)?.pid

/** When a runtime that is gone has made the sockets that it left; `undefined` where it left none. */
const leftMs = ({ runtime, units, bootedMs }: Machine): number | undefined => {
  const unit = units.get(runtime?.unit ?? '')
  if (runtime?.kind !== 'containerd' || unit === undefined) return undefined
  const { lastExit, endedMs = 0, forked, wasUp } = unit
  const madeMs = forksChild(unit)
    ? Math.max(forked?.startedMs ?? 0, wasUp?.fromMs ?? 0)
    : lastExit?.signal === 'KILL'
      ? (wasUp?.fromMs ?? endedMs)
      : 0
  return madeMs >= bootedMs ? madeMs : undefined
}

/** When a runtime has made its sockets, whether it still waits at them or not. */
export const socketsMadeMs = (machine: Machine): number | undefined =>
  waiterOf(machine)?.startedMs ?? leftMs(machine)

/**
 * The files of a runtime's sockets that nobody waits at any more: a containerd that is killed leaves them, and the one in k3s is killed
 * whenever k3s ends.
 */
export const deadSocketsOf = (machine: Machine): readonly Pick<UnixSocket, 'path' | 'madeMs'>[] => {
  const { runtime, lostSockets } = machine
  const madeMs = waiterOf(machine) === undefined ? leftMs(machine) : undefined
  if (runtime === undefined || madeMs === undefined) return []
  return [runtime.socket, `${runtime.socket}.ttrpc`].flatMap(path =>
    lostSockets?.some(lost => lost.path === path && lost.atMs >= madeMs) === true ? [] : [{ path, madeMs }],
  )
}

/** Notes that the files of sockets at a path and below it are removed. */
export const loseSockets = (world: World, machine: Machine, removed: string): void => {
  if (!/^\/(var\/)?run\/|^\/var\/lib\/kubelet/.test(removed)) return
  const place = throughRunLink(removed)
  const lost = unixSocketsOf(machine, processesOf(world, machine)).filter(
    socket => isBelow(socket.path, place) && lostSocketOf(machine, socket) === undefined,
  )
  const dead = deadSocketsOf(machine).flatMap(({ path }) => (isBelow(path, place) ? { path, pid: 0 } : []))
  machine.lostSockets = [
    ...(machine.lostSockets ?? []),
    ...[...lost, ...dead].map(({ path, pid }) => ({ path, pid, atMs: world.nowMs })),
  ]
}

/** The sockets of the Unix domain at which a machine's processes wait: there for as long as they are. */
export const unixSocketsOf = (machine: Machine, processes: readonly Process[]): readonly UnixSocket[] =>
  processes.flatMap(process =>
    process.kind === 'init' && process.pid === 1
      ? ofSystemd.map(([path, type]) => ({ pid: 1, name: 'systemd', path, type, madeMs: process.startedMs }))
      : pathsOf(machine, process).map(path => ({
          pid: process.pid,
          name: process.name,
          path,
          type: 'u_str' as const,
          madeMs: process.startedMs,
        })),
  )
