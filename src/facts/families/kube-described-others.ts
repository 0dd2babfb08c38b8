import { type Cells, record } from '../parsed.ts'
import type { FactValue } from '../types.ts'
import { addresses as readAddresses } from './kube-cells.ts'
import { type Description, itemsOf, labelsIn, titled } from './kube-description.ts'
import { parseBytes } from './quantity.ts'

/** A row read from a description, with the fact it belongs to. */
export type DescribedRow = { readonly fact: string; readonly value: FactValue }

const identityOf = (description: Description): Cells => ({
  namespace: titled(description, 'Namespace'),
  name: description.name,
})

type Addresses = { readonly addresses: readonly string[]; readonly addressCount: number }

const addressesOf = (description: Description): Addresses | undefined => {
  const parts = description.sections
    .filter(section => section.title === 'Endpoints')
    .map(section => readAddresses(section.value) as Addresses)
  if (parts.length === 0) return undefined
  return {
    addresses: parts.flatMap(part => part.addresses),
    addressCount: parts.reduce((sum, part) => sum + part.addressCount, 0),
  }
}

const service = (description: Description): readonly DescribedRow[] => {
  const found = addressesOf(description)
  const value = record({
    ...identityOf(description),
    type: titled(description, 'Type'),
    clusterIP: titled(description, 'IP'),
    ports: description.sections
      .filter(section => section.title === 'Port')
      .map(section => section.value.split(/\s+/).at(-1) ?? ''),
    selector: labelsIn(itemsOf(description, 'Selector').flatMap(item => item.split(','))) ?? {},
    endpoints: found?.addresses,
  })
  const row: DescribedRow = { fact: 'services', value }
  if (found === undefined) return [row]
  return [row, { fact: 'endpoints', value: record({ ...identityOf(description), ...found }) }]
}

const capacityOf = (description: Description): number | undefined =>
  parseBytes(titled(description, 'Capacity') ?? '')

const claim = (description: Description): readonly DescribedRow[] => [
  {
    fact: 'claims',
    value: record({
      ...identityOf(description),
      status: titled(description, 'Status'),
      volume: titled(description, 'Volume'),
      capacity: capacityOf(description),
      storageClass: titled(description, 'StorageClass'),
    }),
  },
]

const volume = (description: Description): readonly DescribedRow[] => [
  {
    fact: 'volumes',
    value: record({
      name: description.name,
      status: titled(description, 'Status'),
      claim: titled(description, 'Claim'),
      reclaimPolicy: titled(description, 'Reclaim Policy'),
      capacity: capacityOf(description),
      storageClass: titled(description, 'StorageClass'),
      message: titled(description, 'Message'),
    }),
  },
]

// `3 desired | 3 updated | 3 total | 2 available | 1 unavailable`
const deployment = (description: Description): readonly DescribedRow[] => {
  const replicas = titled(description, 'Replicas') ?? ''
  const count = (word: string): number | undefined => {
    const match = new RegExp(String.raw`(\d+) ${word}`).exec(replicas)
    return match === null ? undefined : Number(match[1])
  }
  const value = record({
    ...identityOf(description),
    desired: count('desired'),
    upToDate: count('updated'),
    available: count('available'),
  })
  return [{ fact: 'deployments', value }]
}

const daemonSet = (description: Description): readonly DescribedRow[] => {
  const count = (title: string): number | undefined => {
    const text = titled(description, title)
    return text === undefined ? undefined : Number.parseInt(text, 10)
  }
  const value = record({
    ...identityOf(description),
    desired: count('Desired Number of Nodes Scheduled'),
    current: count('Current Number of Nodes Scheduled'),
    upToDate: count('Number of Nodes Scheduled with Up-to-date Pods'),
    available: count('Number of Nodes Scheduled with Available Pods'),
  })
  return [{ fact: 'daemonSets', value }]
}

/** How the descriptions of services, claims, volumes, deployments and daemon sets are read, by the fact of their kind. */
export const describedReaders: Readonly<
  Record<string, (description: Description) => readonly DescribedRow[]>
> = { services: service, claims: claim, volumes: volume, deployments: deployment, daemonSets: daemonSet }
