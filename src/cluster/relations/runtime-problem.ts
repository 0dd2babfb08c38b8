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
