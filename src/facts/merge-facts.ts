import type { Facts, FactValue } from './types.ts'

type Row = { readonly [name: string]: FactValue }

/**
 * The field that tells the rows of a list fact apart, or several with blanks between them, of which the last must be known. Lists
 * that are not named here are appended.
 */
const identities: Readonly<Record<string, string>> = {
  filesystems: 'mount',
  units: 'name',
  interfaces: 'name',
  processes: 'pid',
  containers: 'id',
  blockDevices: 'name',
  etcdEndpoints: 'endpoint',
  nodes: 'name',
  pods: 'namespace name',
  services: 'namespace name',
  endpoints: 'namespace name',
  endpointSlices: 'namespace name',
  deployments: 'namespace name',
  daemonSets: 'namespace name',
  statefulSets: 'namespace name',
  replicaSets: 'namespace name',
  jobs: 'namespace name',
  cronJobs: 'namespace name',
  clusterOperators: 'name',
  ingresses: 'namespace name',
  leases: 'namespace name',
  secrets: 'namespace name',
  configMaps: 'namespace name',
  storageClasses: 'name',
  namespaces: 'name',
  resources: 'kind namespace name',
  certificates: 'name',
  signingRequests: 'name',
  components: 'name',
  volumes: 'name',
  claims: 'namespace name',
  directorySizes: 'path',
  mounts: 'target',
  neighbours: 'address',
  podSandboxes: 'id',
  images: 'image tag',
  containerdPlugins: 'kind id',
  timeSources: 'name',
  etcdMembers: 'id',
  virtualServers: 'protocol address port',
  firewallZones: 'name',
  exports: 'path',
  gravityNodes: 'ip',
  gravityOperations: 'id',
  gravityPhases: 'id',
  planetNodes: 'name',
  limits: 'name',
  cgroupControllers: 'name',
  timers: 'name',
  proxyServers: 'proxy server',
  preflightChecks: 'check',
  releases: 'namespace name',
  tasksetOperations: 'resource operation',
  firewallChains: 'family table name',
  firewallRules: 'family table chain position',
  staticPods: 'namespace name',
  cniNetworks: 'name',
  permissions: 'verb resource',
}

/** Tells whether a value is a row with fields. */
export const isRow = (value: FactValue | undefined): value is Row =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isList = (value: FactValue | undefined): value is readonly FactValue[] => Array.isArray(value)

/** What tells rows of this list apart, of one of them; `undefined` where its lists are appended or the row does not say. */
export const identityOf = (name: string, row: FactValue): FactValue | undefined => {
  const fields = identities[name]
  return fields === undefined ? undefined : keyOf(row, fields)
}

const keyOf = (row: FactValue, fields: string): FactValue | undefined => {
  if (!isRow(row)) return undefined
  const parts = fields.split(' ').map(field => row[field])
  const last = parts.at(-1)
  return parts.length === 1 || last === undefined ? last : JSON.stringify(parts)
}

// A row that is found again takes what is newer and keeps what only the older one knew.
const uniteRows = (
  older: readonly FactValue[],
  newer: readonly FactValue[],
  field: string,
): readonly FactValue[] => {
  const rest = new Map(newer.map((row, index) => [keyOf(row, field) ?? index, row]))
  const united = older.map((row, index) => {
    const key = keyOf(row, field) ?? `older ${index}`
    const match = rest.get(key)
    if (match === undefined) return row
    rest.delete(key)
    return isRow(row) && isRow(match) ? { ...row, ...match } : match
  })
  const repeated = newer.filter((row, index) => rest.has(keyOf(row, field) ?? index))
  return [...united, ...repeated]
}

const appendRows = (older: readonly FactValue[], newer: readonly FactValue[]): readonly FactValue[] => {
  const known = new Set(older.map(row => JSON.stringify(row)))
  return [...older, ...newer.filter(row => !known.has(JSON.stringify(row)))]
}

const mergeValue = (name: string, older: FactValue | undefined, newer: FactValue): FactValue => {
  if (isList(older) && isList(newer)) {
    const field = identities[name]
    return field === undefined ? appendRows(older, newer) : uniteRows(older, newer, field)
  }
  return isRow(older) && isRow(newer) ? { ...older, ...newer } : newer
}

/**
 * The facts of several outputs as one, oldest first: rows of a list are united by what identifies them (filesystems by mount,
 * units by name), so that sizes from `df -h` and inodes from `df -i` stand in one row; of a value given twice the newer stands.
 */
export const mergeFacts = (list: readonly Facts[]): Facts => {
  const merged: Record<string, FactValue> = {}
  for (const facts of list) {
    for (const [name, value] of Object.entries(facts)) merged[name] = mergeValue(name, merged[name], value)
  }
  return merged
}
