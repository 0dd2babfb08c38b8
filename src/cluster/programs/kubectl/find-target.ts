import { type Kind, kindOf } from '../../kube/kinds.ts'
import { isPodReady } from '../../laws/controllers/make-pod.ts'
import type { Reply } from '../../shell/program.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import type { Client } from './client.ts'
import { podsOwnedBy } from './columns.ts'
import { findNamed } from './find.ts'

/** The one object that a command is about. */
export type Target = { readonly kind: Kind; readonly object: KubeObject }

/** Whether there is such an object; otherwise the reply says why not. */
export const isTarget = (found: Target | Reply): found is Target => 'object' in found

/** The object of a kind and a name, as two words. */
export const findTyped = (client: Client, words: readonly string[]): Target | Reply => {
  const [kindWord = '', name = ''] = words
  const kind = kindOf(kindWord, client.call.world)
  if (kind === undefined)
    return { stderr: `error: the server doesn't have a resource type "${kindWord}"\n`, exit: 1 }
  const found = findNamed(client, kind, { name })
  return 'problem' in found ? { stderr: found.problem, exit: 1 } : { kind, object: found.object }
}

/** The object that one word names: `deploy/web`, or a pod by its name alone. */
export const findTarget = (client: Client, word: string): Target | Reply =>
  findTyped(client, word.includes('/') ? word.split('/') : ['pod', word])

const PATIENCE_MS = 20_000

const phases = ['Running', 'Unknown', 'Pending']

const restartsOf = ({ status }: KubeObject): number =>
  Math.max(0, ...(status?.containerStatuses ?? []).map((one: KubeValue) => one.restartCount ?? 0))

/** By what kubectl picks a pod among several: that it has a node, runs, is ready, has been restarted, is old. */
const ranks: readonly ((pod: KubeObject) => number | string)[] = [
  pod => (pod.spec?.nodeName === undefined ? 1 : 0),
  pod => phases.indexOf(pod.status?.phase) + (phases.includes(pod.status?.phase) ? 0 : phases.length),
  pod => (isPodReady(pod) ? 0 : 1),
  pod => -restartsOf(pod),
  pod => pod.metadata.creationTimestamp,
]

const byRank = (a: KubeObject, b: KubeObject): number => {
  for (const rank of ranks) {
    const [one, other] = [rank(a), rank(b)]
    if (one !== other) return one < other ? -1 : 1
  }
  return 0
}

/** A pod that stands for an object: itself, or the best of those that it owns, for which kubectl waits. */
export const podBehind = ({ call }: Client, { kind, object }: Target): KubeObject | Reply =>
  kind.kind === 'Pod'
    ? object
    : (podsOwnedBy(call.world, object).toSorted(byRank)[0] ?? {
        stderr: 'error: timed out waiting for the condition\n',
        exit: 1,
        tookMs: PATIENCE_MS,
      })
