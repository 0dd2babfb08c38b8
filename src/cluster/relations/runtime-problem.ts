import type { Machine } from '../world/machine.ts'
import { isUnitRunning } from './cluster-hosts.ts'
import { settingsOf } from './read-settings.ts'
import { isShortOfFiles } from './resource-limits.ts'
import { isStopped } from './stopped.ts'

/** Whether containerd was told to leave its plugin for Kubernetes out. */
const leavesCriOut = (machine: Machine): boolean =>
  machine.runtime?.kind === 'containerd' &&
  /^\s*disabled_plugins\s*=\s*\[[^\]]*"(?:io\.containerd\.grpc\.v1\.)?cri"/m.test(
    settingsOf(machine, 'containerd.service') ?? '',
  )

/** Why a machine's runtime does not answer a Kubernetes client on its socket, in gRPC's words; `undefined` when it does. */
export const runtimeProblem = (machine: Machine): string | undefined => {
  const { runtime } = machine
  const socket = runtime?.socket ?? '/run/containerd/containerd.sock'
  const unit = machine.units.get(runtime?.unit ?? '')
  if (unit !== undefined && isStopped(machine, unit.mainPid))
    return 'rpc error: code = DeadlineExceeded desc = context deadline exceeded'
  if (runtime === undefined || !isUnitRunning(machine, runtime.unit))
    return `rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial unix ${socket}: connect: no such file or directory"`
  if (isShortOfFiles(machine, unit))
    return `rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial unix ${socket}: connect: resource temporarily unavailable"`
  return leavesCriOut(machine)
    ? 'rpc error: code = Unimplemented desc = unknown service runtime.v1.RuntimeService'
    : undefined
}

/** Whether a machine's container runtime answers Kubernetes clients on its socket. */
export const isRuntimeUp = (machine: Machine): boolean => runtimeProblem(machine) === undefined

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
