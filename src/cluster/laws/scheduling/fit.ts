import { meets } from '../../kube/labels.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'

/** A taint of a node. */
export type Taint = { readonly key: string; readonly value?: string; readonly effect: string }

const tolerates = (toleration: KubeValue, taint: Taint): boolean => {
  if (toleration.effect && toleration.effect !== taint.effect) return false
  if (!toleration.key) return toleration.operator === 'Exists'
  if (toleration.key !== taint.key) return false
  return toleration.operator === 'Exists' || (toleration.value ?? '') === (taint.value ?? '')
}

/** The toleration of a pod for a taint; `undefined` when it has none. */
export const tolerationFor = (spec: KubeValue, taint: Taint): KubeValue =>
  (spec?.tolerations ?? []).find((toleration: KubeValue) => tolerates(toleration, taint))

/** The first taint that a pod does not tolerate; `undefined` when it tolerates all. */
export const untolerated = (spec: KubeValue, taints: readonly Taint[]): Taint | undefined =>
  taints.find(taint => taint.effect !== 'PreferNoSchedule' && tolerationFor(spec, taint) === undefined)

/** Whether a pod tolerates all of some taints. */
export const toleratesTaints = (spec: KubeValue, taints: readonly Taint[]): boolean =>
  untolerated(spec, taints) === undefined

const fitsTerm = (node: KubeObject, term: KubeValue): boolean =>
  (term.matchExpressions ?? []).every((e: KubeValue) => meets(node.metadata.labels, e)) &&
  (term.matchFields ?? []).every((e: KubeValue) => meets({ 'metadata.name': node.metadata.name }, e))

/** Whether a pod's node selector and required node affinity match a node. */
export const fitsNode = (spec: KubeValue, node: KubeObject): boolean => {
  const selector: Readonly<Record<string, string>> = spec?.nodeSelector ?? {}
  const isSelected = Object.entries(selector).every(([key, value]) => node.metadata.labels?.[key] === value)
  const terms = spec?.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
    ?.nodeSelectorTerms as readonly KubeValue[] | undefined
  return isSelected && (terms === undefined || terms.some(term => fitsTerm(node, term)))
}
