import { msOf } from '../../kube/times.ts'
import { wantedPercent } from '../../laws/controllers/autoscalers.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import { labelText } from './cells.ts'
import { indentedTable, mapRows, rowsText, when } from './describe-parts.ts'
import { formatTable } from './table.ts'

const titleOf = ({ name, namespace = '' }: KubeObject['metadata']): readonly (readonly string[])[] => [
  ['Name:', name],
  ['Namespace:', namespace],
]

const quotaText = ({ metadata, spec, status }: KubeObject): string => {
  const hard: Readonly<Record<string, string>> = spec?.hard ?? {}
  const names = Object.keys(hard).sort()
  const rows = names.map(name => [name, status?.used?.[name] ?? '0', hard[name] ?? ''])
  return formatTable(
    [...titleOf(metadata), ['Resource', 'Used', 'Hard'], ['--------', '----', '----'], ...rows],
    2,
  )
}

const limitHeads = [
  'Type',
  'Resource',
  'Min',
  'Max',
  'Default Request',
  'Default Limit',
  'Max Limit/Request Ratio',
]

const limitFields = ['min', 'max', 'defaultRequest', 'default', 'maxLimitRequestRatio']

/** The rows of what a LimitRange limits, with their heads. */
export const limitRows = ({ spec }: KubeObject): readonly (readonly string[])[] => [
  limitHeads,
  limitHeads.map(head => '-'.repeat(head.length)),
  ...(spec?.limits ?? []).flatMap((limit: KubeValue) => {
    const names = new Set(limitFields.flatMap(field => Object.keys(limit[field] ?? {})))
    return [...names]
      .sort()
      .map(name => [limit.type, name, ...limitFields.map(field => String(limit[field]?.[name] ?? '-'))])
  }),
]

const limitText = (object: KubeObject): string =>
  formatTable([...titleOf(object.metadata), ...limitRows(object)], 2)

const budgetText = ({ metadata, spec, status }: KubeObject): string =>
  `${rowsText([
    ['Name', metadata.name],
    ['Namespace', metadata.namespace ?? ''],
    spec?.maxUnavailable === undefined
      ? ['Min available', String(spec?.minAvailable ?? '')]
      : ['Max unavailable', String(spec.maxUnavailable)],
    ['Selector', labelText(spec?.selector?.matchLabels)],
  ])}Status:\n    Allowed disruptions:\t${status?.disruptionsAllowed ?? 0}\n    Current:\t${status?.currentHealthy ?? 0}\n    Desired:\t${status?.desiredHealthy ?? 0}\n    Total:\t${status?.expectedPods ?? 0}\n`

const stamp = (iso: string): string =>
  `${new Date(msOf(iso)).toISOString().slice(0, 19).replace('T', ' ')} +0000 UTC`

const peerText = (peer: KubeValue): string => {
  if (peer.ipBlock !== undefined)
    return `      IPBlock:\n        CIDR: ${peer.ipBlock.cidr}\n        Except: ${(peer.ipBlock.except ?? []).join(', ')}\n`
  const selector = (title: string, value: KubeValue): string =>
    value === undefined ? '' : `      ${title}: ${labelText(value.matchLabels)}\n`
  return selector('NamespaceSelector', peer.namespaceSelector) + selector('PodSelector', peer.podSelector)
}

const ruleText = (rule: KubeValue, word: 'From' | 'To'): string => {
  const ports = (rule.ports ?? []).map((p: KubeValue) => `    To Port: ${p.port}/${p.protocol ?? 'TCP'}\n`)
  const peers = ((word === 'From' ? rule.from : rule.to) ?? []).map((peer: KubeValue) => peerText(peer))
  return `${ports.length === 0 ? '    To Port: <any> (traffic allowed to all ports)\n' : ports.join('')}${
    peers.length === 0
      ? `    ${word}: <any> (traffic not restricted by ${word === 'From' ? 'source' : 'destination'})\n`
      : peers.map((text: string) => `    ${word}:\n${text}`).join('')
  }`
}

const directionText = (spec: KubeValue, way: 'Ingress' | 'Egress'): string => {
  const lower = way.toLowerCase()
  const types: readonly string[] = spec?.policyTypes ?? ['Ingress']
  if (!types.includes(way)) return `  Not affecting ${lower} traffic\n`
  const rules: readonly KubeValue[] = spec?.[lower] ?? []
  const nothing = `    <none> (Selected pods are isolated for ${lower} connectivity)\n`
  const word = way === 'Ingress' ? 'From' : 'To'
  return `  Allowing ${lower} traffic:\n${rules.length === 0 ? nothing : rules.map(r => ruleText(r, word)).join('    ----------\n')}`
}

const networkText = ({ metadata, spec }: KubeObject): string => {
  const labels = labelText(spec?.podSelector?.matchLabels)
  const selector =
    labels === '<none>' ? '<none> (Allowing the specific traffic to all pods in this namespace)' : labels
  return `${rowsText([
    ['Name', metadata.name],
    ['Namespace', metadata.namespace ?? ''],
    ['Created on', stamp(metadata.creationTimestamp)],
    ...mapRows('Labels', metadata.labels),
    ...mapRows('Annotations', metadata.annotations, ': '),
  ])}Spec:\n  PodSelector:     ${selector}\n${directionText(spec, 'Ingress')}${directionText(spec, 'Egress')}  Policy Types: ${(spec?.policyTypes ?? ['Ingress']).join(', ')}\n`
}

const autoscalerText = (object: KubeObject): string => {
  const { metadata, spec, status } = object
  const { kind, name } = spec?.scaleTargetRef ?? {}
  const current = status?.currentMetrics?.[0]?.resource?.current
  const used =
    current === undefined ? '<unknown>' : `${current.averageUtilization}% (${current.averageValue})`
  const conditions: readonly (readonly string[])[] = (status?.conditions ?? []).map((c: KubeValue) => [
    c.type,
    c.status,
    c.reason,
    c.message,
  ])
  return `${rowsText([
    ['Name', metadata.name],
    ['Namespace', metadata.namespace ?? ''],
    ...mapRows('Labels', metadata.labels),
    ...mapRows('Annotations', metadata.annotations, ': '),
    ['CreationTimestamp', when(metadata.creationTimestamp)],
    ['Reference', `${kind}/${name}`],
    ['Metrics', '( current / target )'],
    ['  resource cpu on pods  (as a percentage of request)', `${used} / ${wantedPercent(object)}%`],
    ['Min replicas', String(spec?.minReplicas ?? 1)],
    ['Max replicas', String(spec?.maxReplicas ?? '')],
    [`${kind} pods`, `${status?.currentReplicas ?? 0} current / ${status?.desiredReplicas ?? 0} desired`],
  ])}${conditions.length === 0 ? '' : `Conditions:\n${indentedTable(['Type', 'Status', 'Reason', 'Message'], conditions)}`}`
}

const texts: Readonly<Record<string, (object: KubeObject) => string>> = {
  ResourceQuota: quotaText,
  LimitRange: limitText,
  PodDisruptionBudget: budgetText,
  HorizontalPodAutoscaler: autoscalerText,
}

/** How `kubectl describe` shows a quota, a range of limits, a disruption budget, an autoscaler or a network policy. */
export const describePolicy = (object: KubeObject): string => (texts[object.kind] ?? networkText)(object)
