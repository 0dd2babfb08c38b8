import { combine, type Located, listFact, nothing, record, singleFact } from '../parsed.ts'
import type { FactValue, Parsed } from '../types.ts'
import { at, isObject, lineOf, listAt, numberAt, parseJson, textAt, textsAt } from './json-value.ts'

const some = (texts: readonly string[]): readonly string[] | undefined =>
  texts.length === 0 ? undefined : texts

const nodeOf = (node: unknown): FactValue => {
  const status = textAt(node, 'status')
  return record({
    name: textAt(node, 'hostname'),
    ip: textAt(node, 'advertise_ip'),
    profile: textAt(node, 'profile'),
    role: textAt(node, 'role') === 'master' ? 'master' : 'node',
    status,
    failedProbes: some(textsAt(node, 'failed_probes')),
    warnings: some(textsAt(node, 'warn_probes')),
    healthy: status === 'healthy',
  })
}

const operationOf = (operation: unknown, part: { readonly active: boolean }): FactValue =>
  record({
    ...part,
    description: textAt(operation, 'description') ?? textAt(operation, 'type'),
    id: textAt(operation, 'id'),
    state: textAt(operation, 'state'),
    startedAt: textAt(operation, 'created'),
    progressPercent: numberAt(operation, 'progress', 'completion'),
    message: textAt(operation, 'progress', 'message'),
  })

const operationsOf = (cluster: unknown): readonly FactValue[] => {
  const last = at(cluster, 'operation')
  return [
    ...listAt(cluster, 'active_operations').map(operation => operationOf(operation, { active: true })),
    ...(isObject(last) ? [operationOf(last, { active: false })] : []),
  ]
}

const clusterOf = (cluster: unknown): FactValue =>
  record({
    name: textAt(cluster, 'domain'),
    // 2 is degraded: the agents know before the cluster's own state does.
    status: numberAt(cluster, 'system_status') === 2 ? 'degraded' : textAt(cluster, 'state'),
    application: textAt(cluster, 'application', 'name'),
    applicationVersion: textAt(cluster, 'application', 'version'),
    clientVersion: textAt(cluster, 'client_version', 'version'),
    serverVersion: textAt(cluster, 'server_version', 'version'),
  })

/** `gravity status --output=json`: the same facts as its text. */
export const readGravityJson = (text: string): Parsed => {
  const cluster = at(parseJson(text), 'cluster')
  if (!isObject(cluster)) return nothing
  const located = (value: FactValue, name: string): Located<FactValue> => ({
    line: lineOf(text, String((value as Readonly<Record<string, FactValue>>)[name])),
    value,
  })
  return combine([
    singleFact('gravityCluster', { line: 1, value: clusterOf(cluster) }),
    listFact(
      'gravityNodes',
      listAt(cluster, 'nodes').map(node => located(nodeOf(node), 'ip')),
    ),
    listFact(
      'gravityOperations',
      operationsOf(cluster).map(operation => located(operation, 'id')),
    ),
  ])
}
