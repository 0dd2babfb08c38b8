import { listObjects } from '../../kube/store.ts'
import { humanDuration, msOf } from '../../kube/times.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import type { World } from '../../world/world.ts'
import { modesText } from './cells.ts'
import { mapRows, type Row, rowsText } from './describe-parts.ts'
import { volumeRows } from './describe-volumes.ts'

/** The phase of a volume or a claim, and for how long it has been about to go. */
const endingOf = (world: World, { metadata, status }: KubeObject): string =>
  metadata.deletionTimestamp === undefined
    ? (status?.phase ?? '')
    : `Terminating (lasts ${humanDuration(world.nowMs - msOf(metadata.deletionTimestamp))})`

const mark = ({ metadata }: KubeObject): readonly Row[] => [
  ...mapRows('Labels', metadata.labels),
  ...mapRows('Annotations', metadata.annotations, ': '),
  ['Finalizers', `[${(metadata.finalizers ?? []).join(' ')}]`],
]

/** A claim as `kubectl describe` has it, without its events. */
export const describeClaim = (world: World, o: KubeObject): string => {
  const users = listObjects(world.kube, 'Pod', o.metadata.namespace)
    .filter(pod =>
      pod.spec?.volumes?.some((v: KubeValue) => v.persistentVolumeClaim?.claimName === o.metadata.name),
    )
    .map(pod => pod.metadata.name)
  return rowsText([
    ['Name', o.metadata.name],
    ['Namespace', o.metadata.namespace ?? ''],
    ['StorageClass', o.spec?.storageClassName ?? ''],
    ['Status', endingOf(world, o)],
    ['Volume', o.spec?.volumeName ?? ''],
    ...mark(o),
    ['Capacity', o.status?.capacity?.storage ?? ''],
    ['Access Modes', modesText(o.status?.accessModes)],
    ['VolumeMode', o.spec?.volumeMode ?? 'Filesystem'],
    ...(users.length === 0
      ? [['Used By', '<none>'] as const]
      : users.map((name, at): Row => [at === 0 ? 'Used By' : '', name])),
  ])
}

const expressionText = ({ key, operator, values = [] }: KubeValue): string =>
  `${key} ${String(operator).toLowerCase()} [${values.join(', ')}]`

const affinityText = ({ spec }: KubeObject): string => {
  const terms: readonly KubeValue[] = spec?.nodeAffinity?.required?.nodeSelectorTerms ?? []
  if (terms.length === 0) return rowsText([['Node Affinity', '<none>']])
  const lines = terms.map((term, at) => {
    const [first = '', ...others] = (term.matchExpressions ?? []).map(expressionText)
    return [`    Term ${at}:\t${first}\n`, ...others.map((text: string) => `             \t${text}\n`)].join(
      '',
    )
  })
  return `Node Affinity:\t\n  Required Terms:\t\n${lines.join('')}`
}

/** A persistent volume as `kubectl describe` has it, without its events. */
export const describeVolume = (world: World, o: KubeObject): string => {
  const { spec, status, metadata } = o
  const { claimRef } = spec ?? {}
  const head = rowsText([
    ['Name', metadata.name],
    ...mark(o),
    ['StorageClass', spec?.storageClassName ?? ''],
    ['Status', endingOf(world, o)],
    ['Claim', claimRef === undefined ? '' : `${claimRef.namespace}/${claimRef.name}`],
    ['Reclaim Policy', spec?.persistentVolumeReclaimPolicy ?? ''],
    ['Access Modes', modesText(spec?.accessModes)],
    ['VolumeMode', spec?.volumeMode ?? 'Filesystem'],
    ['Capacity', spec?.capacity?.storage ?? ''],
  ])
  const source = rowsText(volumeRows(spec ?? {}), '    ')
  return `${head}${affinityText(o)}${rowsText([['Message', status?.message ?? '']])}Source:\n${source}`
}
