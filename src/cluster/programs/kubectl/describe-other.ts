import { listObjects } from '../../kube/store.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import type { World } from '../../world/world.ts'
import { mapRows, rowsText, when } from './describe-parts.ts'
import { limitRows } from './describe-policy.ts'
import { formatTable } from './table.ts'

/** `fooBarURL` as kubectl labels it: `Foo Bar URL`. */
const labelOf = (key: string): string =>
  key
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/^./, first => first.toUpperCase())
    .replace(/\b(Api|Url|Uid|Guid)\b/g, word => word.toUpperCase())

const isLeaf = (value: KubeValue): boolean => typeof value !== 'object' || value === null

/** A value below its label, each level two blanks further in. */
const treeText = (value: KubeValue, indent: string): string => {
  const entries = Object.entries(value as Record<string, KubeValue>).sort(([a], [b]) => (a < b ? -1 : 1))
  const width = Math.max(0, ...entries.filter(([, v]) => isLeaf(v)).map(([key]) => labelOf(key).length)) + 3
  return entries
    .map(([key, one]) => {
      if (isLeaf(one)) return `${indent}${`${labelOf(key)}:`.padEnd(width)}${one}\n`
      if (!Array.isArray(one)) return `${indent}${labelOf(key)}:\n${treeText(one, `${indent}  `)}`
      const items = one.map(item => (isLeaf(item) ? `${indent}  ${item}\n` : treeText(item, `${indent}  `)))
      return `${indent}${labelOf(key)}:\n${items.join('')}`
    })
    .join('')
}

/** The description of an object that kubectl has no own words for: all its fields. */
export const describeAny = ({ apiVersion, kind, metadata, ...rest }: KubeObject): string => {
  const rows = rowsText([
    ['Name', metadata.name],
    ['Namespace', metadata.namespace ?? ''],
    ...mapRows('Labels', metadata.labels),
    ...mapRows('Annotations', metadata.annotations, ': '),
    ['API Version', apiVersion],
    ['Kind', kind],
  ])
  const shown = {
    creationTimestamp: metadata.creationTimestamp,
    ...(metadata.deletionTimestamp === undefined ? {} : { deletionTimestamp: metadata.deletionTimestamp }),
    ...(metadata.finalizers === undefined ? {} : { finalizers: metadata.finalizers }),
    resourceVersion: metadata.resourceVersion,
    uid: metadata.uid,
  }
  return `${rows}Metadata:\n${treeText(shown, '  ')}${treeText(rest, '')}`
}

const conditionsText = (conditions: readonly KubeValue[]): string => {
  if (conditions.length === 0) return ''
  const cells = [
    ['Type', 'Status', 'LastTransitionTime', 'Reason', 'Message'],
    ['----', '------', '------------------', '------', '-------'],
    ...conditions.map(c => [c.type, c.status, when(c.lastTransitionTime), c.reason, c.message]),
  ]
  const widths = [0, 1, 2, 3].map(column => Math.max(...cells.map(row => row[column].length)) + 2)
  return `Conditions:\n${cells
    .map(row => `  ${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('')}\n`)
    .join('')}`
}

const quotasText = (world: World, name: string): string => {
  const quotas = listObjects(world.kube, 'ResourceQuota', name)
  if (quotas.length === 0) return '\nNo resource quota.\n'
  return `\nResource Quotas\n${quotas
    .map(({ metadata, status }) => {
      const rows = Object.keys(status?.hard ?? {}).map(
        key =>
          `  ${key.padEnd(24)}${String(status?.used?.[key] ?? '0').padEnd(8)}${String(status?.hard?.[key])}\n`,
      )
      return `  Name:    ${metadata.name}\n  Resource                Used    Hard\n  --------                ---     ---\n${rows.join('')}`
    })
    .join('')}`
}

/** `kubectl describe namespace`. */
export const describeNamespace = (world: World, { metadata, status }: KubeObject): string => {
  const head = rowsText([
    ['Name', metadata.name],
    ...mapRows('Labels', metadata.labels),
    ...mapRows('Annotations', metadata.annotations, ': '),
    ['Status', status?.phase ?? 'Active'],
  ])
  const limits = listObjects(world.kube, 'LimitRange', metadata.name)
  const limited =
    limits.length === 0
      ? '\nNo LimitRange resource.\n'
      : `\nResource Limits\n${limits.map(limit => formatTable(limitRows(limit), 2).replace(/^/gm, ' ').trimEnd()).join('\n')}\n`
  return `${head}${conditionsText(status?.conditions ?? [])}${quotasText(world, metadata.name)}${limited}`
}
