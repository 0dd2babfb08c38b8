import type { Machine } from '../world/machine.ts'
import { kubeletUnitOf } from './cluster-hosts.ts'
import { settingsOf } from './read-settings.ts'
import { isShortOfFiles } from './resource-limits.ts'
import { isStarved, isStopped } from './stopped.ts'
import { deadSocketsOf, lostSocketOf, runtimePidOf } from './unix-sockets.ts'

/** Whether containerd was told to leave its plugin for Kubernetes out. */
const leavesCriOut = (machine: Machine): boolean =>
  machine.runtime?.kind === 'containerd' &&
  /^\s*disabled_plugins\s*=\s*\[[^\]]*"(?:io\.containerd\.grpc\.v1\.)?cri"/m.test(
    settingsOf(machine, 'containerd.service') ?? '',
  )

/** What a client is told that dials the socket of a runtime which is not there. */
export const socketError = (machine: Machine): string =>
  deadSocketsOf(machine).some(({ path }) => path === machine.runtime?.socket)
    ? 'connection refused'
    : 'no such file or directory'

/** Why a machine's runtime does not answer a Kubernetes client on its socket, in gRPC's words; `undefined` when it does. A client that has been connected since `dialledMs` does not need the socket's file. */
export const runtimeProblem = (
  machine: Machine,
  dialledMs = Number.POSITIVE_INFINITY,
): string | undefined => {
  const { runtime } = machine
  const socket = runtime?.socket ?? '/run/containerd/containerd.sock'
  const unit = machine.units.get(runtime?.unit ?? '')
  if (unit !== undefined && (isStopped(machine, unit.mainPid) || isStarved(unit)))
    return 'rpc error: code = DeadlineExceeded desc = context deadline exceeded'
  const pid = runtimePidOf(machine)
  const lost = lostSocketOf(machine, { path: socket, pid: pid ?? 0 })
  const isLost = lost !== undefined && dialledMs >= lost.atMs
  if (runtime === undefined || isLost || pid === undefined)
    return `rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial unix ${socket}: connect: ${socketError(machine)}"`
  if (isShortOfFiles(machine, unit))
    return `rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial unix ${socket}: connect: resource temporarily unavailable"`
  return leavesCriOut(machine)
    ? 'rpc error: code = Unimplemented desc = unknown service runtime.v1.RuntimeService'
    : undefined
}

/** Why the runtime of a machine's kubelet does not answer it, which has been connected since its start. */
export const kubeletRuntimeProblem = (machine: Machine): string | undefined => {
  const kubelet = kubeletUnitOf(machine)
  return runtimeProblem(machine, kubelet?.mainPid === 0 ? undefined : kubelet?.startedMs)
}

/** Whether a machine's container runtime answers its kubelet. */
export const isRuntimeUp = (machine: Machine): boolean => kubeletRuntimeProblem(machine) === undefined

/** The timer of a runtime that counts since when its kubelet has not got an answer from it. */
export const RUNTIME_DOWN = 'runtime-down'

const STALE_RUNTIME_MS = 30_000
const STALE_EVENTS_MS = 180_000

/** What a kubelet holds against a runtime that has not answered for some time, at a moment. */
export const runtimeComplaints = (machine: Machine, atMs: number): readonly string[] => {
  const downMs = atMs - (machine.runtime?.timers[RUNTIME_DOWN] ?? atMs)
  const seconds = Math.floor(downMs / 1000)
  return [
    ...(downMs >= STALE_RUNTIME_MS ? ['container runtime is down'] : []),
    ...(downMs >= STALE_EVENTS_MS
      ? [
          `PLEG is not healthy: pleg was last seen active ${Math.floor(seconds / 60)}m${seconds % 60}s ago; threshold is 3m0s`,
        ]
      : []),
  ]
}

/** Several complaints of a kubelet as it writes them: one by itself, more in brackets. */
export const complaintsText = (complaints: readonly string[]): string =>
  complaints.length === 1 ? (complaints[0] ?? '') : `[${complaints.join(', ')}]`
