import type { KubeObject } from '../../world/kube-object.ts'
import type { World } from '../../world/world.ts'

/** About what a new cluster has counted when the first of its objects are there. */
const FIRST_REVISION = 300

/** When an object was last changed, as far as its own times tell. */
const changedMs = (object: KubeObject, nowMs: number): number => {
  const times = (JSON.stringify(object).match(/"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z"/g) ?? [])
    .map(text => Date.parse(JSON.parse(text)))
    .filter(atMs => atMs <= nowMs)
  return Math.max(0, ...times)
}

/** Gives objects the revisions of the times at which they were last changed: a cluster counts on at the same pace. */
export const dateRevisions = ({ kube, nowMs }: World): void => {
  const objects = [...kube.objects.values()].map(object => ({ object, atMs: changedMs(object, nowMs) }))
  objects.sort((a, b) => a.atMs - b.atMs)
  const firstMs = objects[0]?.atMs ?? nowMs
  const first = Math.min(FIRST_REVISION, Math.floor(kube.revision / 10))
  const pace = (kube.revision - first - objects.length) / Math.max(1, nowMs - firstMs)
  const revisions = new Map<string, string>()
  for (const [place, { object, atMs }] of objects.entries()) {
    const revision = String(first + place + Math.floor((atMs - firstMs) * pace))
    object.metadata.resourceVersion = revision
    revisions.set(object.metadata.uid, revision)
  }
  for (const { object } of objects) {
    const about = object.involvedObject
    if (about?.resourceVersion !== undefined)
      about.resourceVersion = revisions.get(about.uid) ?? about.resourceVersion
  }
}
