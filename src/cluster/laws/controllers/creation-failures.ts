import { recordEvent } from '../../kube/events.ts'
import { isoOf } from '../../kube/times.ts'
import type { KubeObject } from '../../world/kube-object.ts'
import type { World } from '../../world/world.ts'

const FIRST_WAIT_MS = 1_000
const LAST_WAIT_MS = 300_000

/** Whether a controller tries again to make what was refused: it waits as long as it has failed, a second to five minutes. */
export const mayTryAgain = ({ kube, nowMs }: World, { metadata }: KubeObject): boolean => {
  const refusal = kube.refusals?.[metadata.uid]
  if (refusal === undefined) return true
  const { firstMs, lastMs } = refusal
  return nowMs >= lastMs + Math.min(LAST_WAIT_MS, Math.max(FIRST_WAIT_MS, lastMs - firstMs))
}

/** Notes that the API server refused what a controller wanted to make. */
export const noteRefusal = (
  world: World,
  owner: KubeObject,
  { message, source }: { readonly message: string; readonly source: string },
): void => {
  const { kube, nowMs } = world
  kube.refusals ??= {}
  const firstMs = kube.refusals[owner.metadata.uid]?.firstMs ?? nowMs
  kube.refusals[owner.metadata.uid] = { firstMs, lastMs: nowMs, message }
  recordEvent(world, { about: owner, type: 'Warning', reason: 'FailedCreate', message, source })
}

/** Notes that a controller made something: what it was refused before is over. */
export const forgetRefusal = ({ kube }: World, { metadata }: KubeObject): void => {
  if (kube.refusals !== undefined) delete kube.refusals[metadata.uid]
}

/** What the API server last refused a controller, and since when; `undefined` where it refuses nothing. */
export const lastRefusal = (
  { kube }: World,
  { metadata }: KubeObject,
): { readonly message: string; readonly since: string } | undefined => {
  const refusal = kube.refusals?.[metadata.uid]
  return refusal === undefined
    ? undefined
    : { message: refusal.message.replace(/^Error creating: /, ''), since: isoOf(refusal.firstMs) }
}
