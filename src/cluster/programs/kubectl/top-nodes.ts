import { fitsSelector, readSelector } from '../../kube/labels.ts'
import { numberOf } from '../../kube/quantity.ts'
import { listObjects } from '../../kube/store.ts'
import { hostOfNode } from '../../relations/cluster-hosts.ts'
import { isMeasured } from '../../relations/metrics-api.ts'
import { nodeUseOf } from '../../relations/node-use.ts'
import type { Reply } from '../../shell/program.ts'
import type { KubeObject } from '../../world/kube-object.ts'
import type { Client } from './client.ts'
import { formatTable } from './table.ts'

const MIB = 1024 ** 2

const nodeRow = ({ call }: Client, node: KubeObject): readonly string[] => {
  const place = hostOfNode(call.world, node.metadata.name)
  const isKnown = node.status?.conditions?.some(
    (c: { type: string; status: string }) => c.type === 'Ready' && c.status !== 'Unknown',
  )
  if (place === undefined || !isKnown || !isMeasured(call.world, node))
    return [node.metadata.name, '<unknown>', '<unknown>', '<unknown>', '<unknown>']
  const { host } = place
  const cores = numberOf(node.status?.allocatable?.cpu)
  const { cpuMillis: millis, memoryBytes } = nodeUseOf(host, cores)
  const usedMiB = Math.round(memoryBytes / MIB)
  const memory = numberOf(node.status?.allocatable?.memory) / MIB
  return [
    node.metadata.name,
    `${millis}m`,
    `${Math.trunc(millis / cores / 10)}%`,
    `${usedMiB}Mi`,
    `${Math.trunc((usedMiB / memory) * 100)}%`,
  ]
}

const nodeHeads = ['NAME', 'CPU(cores)', 'CPU%', 'MEMORY(bytes)', 'MEMORY%']

/** `kubectl top nodes`. */
export const topNodes = (client: Client): Reply => {
  const { flags, words } = client.args
  const name = words[2]
  const labels = readSelector(flags.get('selector') ?? '')
  const nodes = listObjects(client.call.world.kube, 'Node').filter(
    ({ metadata }) => (name === undefined || metadata.name === name) && fitsSelector(metadata.labels, labels),
  )
  if (nodes.length === 0 && name !== undefined)
    return { stderr: `Error from server (NotFound): nodes "${name}" not found\n`, exit: 1 }
  const at = ['cpu', 'memory'].indexOf(flags.get('sort-by') ?? '')
  const amountOf = (row: readonly string[]): number => Number.parseInt(row[1 + 2 * at] ?? '', 10) || 0
  const rows = nodes.map(node => nodeRow(client, node))
  if (at >= 0) rows.sort((a, b) => amountOf(b) - amountOf(a))
  return { stdout: formatTable([...(flags.has('no-headers') ? [] : [nodeHeads]), ...rows]) }
}
