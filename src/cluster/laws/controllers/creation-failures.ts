import { recordEvent } from '../../kube/events.ts'
import { listObjects } from '../../kube/store.ts'
import { msOf } from '../../kube/times.ts'
import type { KubeObject } from '../../world/kube-object.ts'
import type { World } from '../../world/world.ts'

const REASON = 'FailedCreate'
const FIRST_WAIT_MS = 1_000
const LAST_WAIT_MS = 300_000

const failuresOf = (world: World, owner: KubeObject): readonly KubeObject[] =>
  listObjects(world.kube, 'Event', owner.metadata.namespace).filter(
    ({ reason, involvedObject }) => reason === REASON && involvedObject?.uid === owner.metadata.uid,
  )

/** Whether a controller tries again to make what was refused: it waits as long as it has failed, a second to five minutes. */
export const mayTryAgain = (world: World, owner: KubeObject): boolean => {
  const failures = failuresOf(world, owner)
  if (failures.length === 0) return true
  const last = Math.max(...failures.map(({ lastTimestamp }) => msOf(lastTimestamp)))
  const first = Math.min(...failures.map(({ firstTimestamp }) => msOf(firstTimestamp)))
  return world.nowMs >= last + Math.min(LAST_WAIT_MS, Math.max(FIRST_WAIT_MS, last - first))
}

/** Notes that the API server refused what a controller wanted to make. */
export const noteRefusal = (
  world: World,
  owner: KubeObject,
  { message, source }: { readonly message: string; readonly source: string },
): void => recordEvent(world, { about: owner, type: 'Warning', reason: REASON, message, source })

/** What the API server last refused a controller, and since when; `undefined` where nothing was refused lately. */
export const lastRefusal = (
  world: World,
  owner: KubeObject,
): { readonly message: string; readonly since: string } | undefined => {
  const failures = failuresOf(world, owner)
  const newest = failures.toSorted((a, b) => msOf(b.lastTimestamp) - msOf(a.lastTimestamp))[0]
  return newest === undefined
    ? undefined
    : { message: String(newest.message).replace(/^Error creating: /, ''), since: newest.firstTimestamp }
}
