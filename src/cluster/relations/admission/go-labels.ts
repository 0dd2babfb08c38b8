import type { KubeValue } from '../../world/kube-object.ts'

/** Labels as Go writes a map of texts in an error. */
export const goMap = (labels: KubeValue): string =>
  labels == null
    ? 'map[string]string(nil)'
    : `map[string]string{${Object.entries(labels)
        .map(([key, value]) => `"${key}":"${value}"`)
        .join(', ')}}`

/** A selector of labels as Go writes it in an error. */
export const selectorText = (labels: KubeValue): string =>
  `v1.LabelSelector{MatchLabels:${goMap(labels)}, MatchExpressions:[]v1.LabelSelectorRequirement(nil)}`
