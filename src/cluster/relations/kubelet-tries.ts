import type { ContainerRuntime } from '../world/container.ts'
import type { Unit } from '../world/unit.ts'

/** The timer of a runtime that holds when that kubelet started which last got through to the API server. */
const HEARD = 'api-heard'
/** The timer that holds when its kubelet was last known not to get through. */
const SILENT = 'api-silent'

/** How long after its start a kubelet first asks, and how often it then tries to register its node. */
const FIRST_MS = 1_500
export const REGISTER_MS = 7_000
/** How often one that has registered tells the status of its node. */
export const STATUS_MS = 10_000

type At = { readonly runtime: ContainerRuntime | undefined; readonly unit: Unit | undefined }

/** Whether a kubelet has got through to the API server since its start: before, it knows of no pods but those of its own files. */
export const hasHeard = ({ runtime, unit }: At): boolean => runtime?.timers[HEARD] === unit?.startedMs

/** From where the tries of a kubelet count. */
export const firstTryMs = ({ runtime, unit }: At): number =>
  (unit?.startedMs ?? 0) + (hasHeard({ runtime, unit }) ? 0 : FIRST_MS)

/** When a kubelet that has not got through tries next. */
export const nextTryMs = ({ runtime, unit }: At, nowMs: number): number => {
  const firstMs = firstTryMs({ runtime, unit })
  const silentMs = runtime?.timers[SILENT] ?? Number.NEGATIVE_INFINITY
  // A past that is still to come knows nothing of tries.
  if (unit === undefined || (unit.startedMs ?? 0) > nowMs) return Number.NEGATIVE_INFINITY
  if (hasHeard({ runtime, unit }) && silentMs < firstMs) return Number.NEGATIVE_INFINITY
  if (silentMs < firstMs) return firstMs
  const periodMs = hasHeard({ runtime, unit }) ? STATUS_MS : REGISTER_MS
  return firstMs + (Math.floor((silentMs - firstMs) / periodMs) + 1) * periodMs
}

/** Notes that a kubelet does not get through now. */
export const noteSilence = ({ runtime }: At, nowMs: number): void => {
  if (runtime !== undefined) runtime.timers[SILENT] = nowMs
}

/** Notes that a kubelet gets through. */
export const noteHeard = ({ runtime, unit }: At): void => {
  if (runtime === undefined || unit === undefined) return
  runtime.timers[HEARD] = unit.startedMs ?? 0
  delete runtime.timers[SILENT]
}
