import { deleteObject } from '../../kube/deletion.ts'
import { getObject } from '../../kube/store.ts'
import { applyObject } from '../../relations/objects/apply-object.ts'
import type { Call, Reply } from '../../shell/program.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import type { HelmArguments } from './helm-arguments.ts'
import { type Release, releasesIn } from './releases.ts'

/** Which release a command is about. */
export type Wish = { readonly namespace: string; readonly name: string; readonly args: HelmArguments }

/** What Helm says when it fails. */
export const failed = (text: string): Reply => ({ stderr: `Error: ${text}\n`, exit: 1 })

/** The revisions of a release, the oldest first. */
export const revisionsOf = ({ world }: Call, { namespace, name }: Wish): readonly Release[] =>
  releasesIn(world.kube, namespace).filter(release => release.name === name)

const storedFor = ({ world }: Call, { kind, metadata }: KubeValue): KubeObject | undefined =>
  getObject(world.kube, { kind, namespace: metadata.namespace, name: metadata.name })

const isSame = (a: KubeValue, b: KubeValue): boolean =>
  a.kind === b.kind && a.metadata.name === b.metadata.name && a.metadata.namespace === b.metadata.namespace

/** Brings the cluster from what one revision holds to what another does. */
export const moveTo = (
  call: Call,
  before: readonly KubeValue[],
  now: readonly KubeValue[],
): string | undefined => {
  for (const object of now) {
    const problem = applyObject(call.world, object)
    if (problem !== undefined) return problem
  }
  for (const object of before.filter(one => !now.some(other => isSame(one, other)))) {
    const stored = storedFor(call, object)
    if (stored !== undefined) deleteObject(call.world, stored)
  }
  return undefined
}

const POLL_MS = 2_000
const PATIENCE_MS = 300_000

const isReady = (object: KubeObject | undefined): boolean =>
  object?.kind !== 'Deployment' ||
  ((object.status?.updatedReplicas ?? 0) >= (object.spec?.replicas ?? 1) &&
    (object.status?.availableReplicas ?? 0) >= (object.spec?.replicas ?? 1) &&
    (object.status?.observedGeneration ?? 0) >= (object.metadata.generation ?? 0))

/** With --wait: whether everything became ready in time. */
export const awaitReady = async (
  call: Call,
  objects: readonly KubeValue[],
  args: HelmArguments,
): Promise<boolean> => {
  if (!args.has('wait') && !args.has('atomic')) return true
  const untilMs = call.world.nowMs + (args.timeoutMs ?? PATIENCE_MS)
  while (!objects.every(object => isReady(storedFor(call, object)))) {
    if (call.world.nowMs >= untilMs) return false
    await call.passage.sleep(POLL_MS)
  }
  return true
}
