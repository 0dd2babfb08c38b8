import { humanDuration, msOf } from '../../kube/times.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import type { World } from '../../world/world.ts'

/** What a row is made with. */
export type Sight = { readonly world: World; readonly nowMs: number }

/** A column: its head, what stands in it, whether only `-o wide` shows it. */
export type Column = {
  readonly head: string
  readonly cell: (object: KubeObject, sight: Sight) => string
  readonly isWide?: boolean
}

/** What stands where there is nothing. */
export const NONE = '<none>'
/** A column. */
export const col = (head: string, cell: Column['cell']): Column => ({ head, cell })
/** A column of `-o wide`. */
export const wide = (head: string, cell: Column['cell']): Column => ({ head, cell, isWide: true })

/** The time since an instant, as ages stand in tables. */
export const ageOf = (iso: string | undefined, { nowMs }: Sight): string =>
  iso === undefined ? '<unknown>' : humanDuration(nowMs - msOf(iso))

/** The column of names. */
export const name = col('NAME', o => o.metadata.name)
/** The column of ages. */
export const age = col('AGE', (o, sight) => ageOf(o.metadata.creationTimestamp, sight))
/** Values with commas between. */
export const joined = (values: readonly string[]): string => (values.length === 0 ? NONE : values.join(','))
/** Labels, or another map's pairs, as one text. */
export const labelText = (labels: Readonly<Record<string, string>> | undefined): string =>
  joined(Object.entries(labels ?? {}).map(([k, v]) => `${k}=${v}`))

const expressionText = ({ key, operator, values = [] }: KubeValue): string => {
  if (operator === 'Exists') return key
  if (operator === 'DoesNotExist') return `!${key}`
  return `${key} ${operator === 'In' ? 'in' : 'notin'} (${[...values].sort().join(',')})`
}

/** A selector of pods as kubectl writes it: its labels and its expressions. */
export const selectorText = (selector: KubeValue): string => {
  const { matchLabels = {}, matchExpressions = [] } = selector ?? {}
  return joined(
    [
      ...Object.entries(matchLabels).map(([key, value]) => [key, `${key}=${value}`] as const),
      ...matchExpressions.map((one: KubeValue) => [one.key, expressionText(one)] as const),
    ]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, text]) => text),
  )
}

const containers = (o: KubeObject): readonly KubeValue[] =>
  o.spec?.template?.spec?.containers ?? o.spec?.jobTemplate?.spec?.template?.spec?.containers ?? []
/** The columns of containers and images. */
export const images = [
  wide('CONTAINERS', o => joined(containers(o).map(c => c.name))),
  wide('IMAGES', o => joined(containers(o).map(c => c.image))),
]
/** The column of selectors. */
export const selector = wide('SELECTOR', o => labelText(o.spec?.selector?.matchLabels ?? o.spec?.selector))

/** Whether a node is ready and takes pods. */
export const nodeStatus = (node: KubeObject): string => {
  const ready = node.status?.conditions?.find((c: KubeValue) => c.type === 'Ready')?.status
  const text = ready === 'True' ? 'Ready' : ready === undefined ? 'Unknown' : 'NotReady'
  return node.spec?.unschedulable === true ? `${text},SchedulingDisabled` : text
}

/** The roles of a node by its labels. */
export const rolesOf = (node: KubeObject): string =>
  joined(
    Object.keys(node.metadata.labels ?? {})
      .filter(key => key.startsWith('node-role.kubernetes.io/'))
      .map(key => key.slice('node-role.kubernetes.io/'.length))
      .sort(),
  )

/** An address of a node. */
export const addressOf =
  (type: string) =>
  (node: KubeObject): string =>
    node.status?.addresses?.find((a: KubeValue) => a.type === type)?.address ?? NONE

/** A port of a service. */
export const portText = (p: KubeValue): string =>
  `${p.port}${p.nodePort === undefined ? '' : `:${p.nodePort}`}/${p.protocol ?? 'TCP'}`

const MOST_ENDPOINTS = 3

/** The ports or the addresses of a slice as one text, shortened after three. */
export const shortened = (items: readonly (string | number)[]): string =>
  items.length === 0
    ? '<unset>'
    : items.length > MOST_ENDPOINTS
      ? `${items.slice(0, MOST_ENDPOINTS).join(',')} + ${items.length - MOST_ENDPOINTS} more...`
      : items.join(',')

/** The endpoints of an object as one text, shortened after three. */
export const endpointText = (endpoints: KubeObject | undefined): string => {
  const all = ((endpoints?.subsets ?? []) as readonly KubeValue[]).flatMap(s =>
    (s.ports ?? []).flatMap((p: KubeValue) => (s.addresses ?? []).map((a: KubeValue) => `${a.ip}:${p.port}`)),
  )
  if (all.length === 0) return NONE
  return all.length > MOST_ENDPOINTS
    ? `${all.slice(0, MOST_ENDPOINTS).join(',')} + ${all.length - MOST_ENDPOINTS} more...`
    : all.join(',')
}

/** What became of a signing request. */
export const csrState = (o: KubeObject): string => {
  const types: readonly string[] = (o.status?.conditions ?? []).map((c: KubeValue) => c.type)
  const state = types.includes('Denied') ? 'Denied' : types.includes('Approved') ? 'Approved' : 'Pending'
  const failed = types.includes('Failed') ? ',Failed' : ''
  return `${state}${failed}${o.status?.certificate === undefined ? '' : ',Issued'}`
}

const modes: Readonly<Record<string, string>> = {
  ReadWriteOnce: 'RWO',
  ReadOnlyMany: 'ROX',
  ReadWriteMany: 'RWX',
  ReadWriteOncePod: 'RWOP',
}
/** Access modes, shortened. */
export const modesText = (list: readonly string[] | undefined): string =>
  (list ?? []).map(m => modes[m] ?? m).join(',')

/** How long a job took. */
export const jobDuration = (o: KubeObject, { nowMs }: Sight): string =>
  o.status?.startTime === undefined
    ? ''
    : humanDuration((msOf(o.status.completionTime) || nowMs) - msOf(o.status.startTime))

/** How many keys an object holds. */
export const keys = (o: KubeObject): string => String(Object.keys(o.data ?? {}).length)

/** The phase of a volume or a claim; `Terminating` while something holds one that is to go. */
export const phaseOf = ({ metadata, status }: KubeObject): string =>
  metadata.deletionTimestamp === undefined ? (status?.phase ?? '') : 'Terminating'
