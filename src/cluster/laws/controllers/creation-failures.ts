import { recordEvent } from '../../kube/events.ts'
import { isoOf } from '../../kube/times.ts'
import type { KubeObject, Refusal } from '../../world/kube-object.ts'
import type { World } from '../../world/world.ts'

type Waits = { readonly shortestMs: number; readonly longestMs: number }

/** How long controllers wait after a try that failed, twice as long each time: by the limits of their queues. */
const usualWaits: Waits = { shortestMs: 5, longestMs: 1_000_000 }
const waitsOf: Readonly<Record<string, Waits>> = { Job: { shortestMs: 1_000, longestMs: 60_000 } }

const nextTryMs = ({ kind }: KubeObject, { tries, lastMs }: Refusal): number => {
  const { shortestMs, longestMs } = waitsOf[kind] ?? usualWaits
  return lastMs + Math.min(longestMs, shortestMs * 2 ** (tries - 1))
}

/** Whether a controller tries again to make what was refused: once it has waited, or its object was changed since. */
export const mayTryAgain = ({ kube, nowMs }: World, owner: KubeObject): boolean => {
  const refusal = kube.refusals?.[owner.metadata.uid]
  return (
    refusal === undefined ||
    refusal.generation !== owner.metadata.generation ||
    nowMs >= nextTryMs(owner, refusal)
  )
}

/** What the API server answers to one try: each try names another pod. */
type Refused = { readonly message: () => string; readonly source: string }

/** Notes that the API server refused what a controller wanted to make, now and at each try that the controller has made since the last. */
export const noteRefusal = (world: World, owner: KubeObject, { message, source }: Refused): void => {
  const { kube, nowMs } = world
  const { uid, generation } = owner.metadata
  const before = kube.refusals?.[uid]
  const refusal: Refusal = before ?? {
    firstMs: nowMs,
    lastMs: nowMs,
    tries: 0,
    generation,
    message: message(),
  }
  let atMs = before === undefined || before.generation !== generation ? nowMs : nextTryMs(owner, before)
  refusal.generation = generation
  for (; atMs <= nowMs; atMs = nextTryMs(owner, refusal)) {
    recordEvent(world, {
      about: owner,
      type: 'Warning',
      reason: 'FailedCreate',
      message: refusal.tries === 0 ? refusal.message : message(),
      source,
      atMs,
    })
    refusal.tries += 1
    refusal.lastMs = atMs
  }
  kube.refusals = { ...kube.refusals, [uid]: refusal }
}

/** Notes that a controller made something: what it was refused before is over. */
export const forgetRefusal = ({ kube }: World, { metadata }: KubeObject): void => {
  if (kube.refusals !== undefined) delete kube.refusals[metadata.uid]
}

/** What the API server refused a controller first, and since when; `undefined` where it refuses nothing. */
export const firstRefusal = (
  { kube }: World,
  { metadata }: KubeObject,
): { readonly message: string; readonly since: string } | undefined => {
  const refusal = kube.refusals?.[metadata.uid]
  return refusal === undefined
    ? undefined
    : { message: refusal.message.replace(/^Error creating: /, ''), since: isoOf(refusal.firstMs) }
}
