import { record } from '../parsed.ts'
import { parseAge } from '../text/age.ts'
import type { TableRow } from '../text/table.ts'
import type { FactValue } from '../types.ts'

type Cells = TableRow['cells']

/** How one kind of object is listed: which titles its table has, the fact that it becomes, and how a row is read. */
export type Kind = {
  readonly fact: string
  readonly titles: readonly string[]
  readonly read: (cells: Cells) => FactValue
}

const shown = (cell: string | undefined): string | undefined =>
  cell === undefined || cell === '<none>' || cell === '' ? undefined : cell

const listed = (cell: string | undefined): readonly string[] => shown(cell)?.split(',') ?? []

const whole = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined

// `5 (3m ago)`: the count, and since when there was no further restart.
const restartsOf = (cell: string | undefined) => ({
  restarts: whole(cell?.split(' ')[0]),
  lastRestartSeconds: parseAge(/\((\S+) ago\)/.exec(cell ?? '')?.[1]),
})

const common = (cells: Cells) => ({
  namespace: shown(cells.NAMESPACE),
  name: cells.NAME?.replace(/^\w+(?:\.\w+)*\//, ''),
  ageSeconds: parseAge(cells.AGE),
})

const pod = (cells: Cells): FactValue => {
  const [ready, total] = (cells.READY ?? '').split('/')
  return record({
    ...common(cells),
    ready: whole(ready),
    total: whole(total),
    status: cells.STATUS,
    ...restartsOf(cells.RESTARTS),
    ip: shown(cells.IP),
    node: shown(cells.NODE),
  })
}

const node = (cells: Cells): FactValue => {
  const conditions = listed(cells.STATUS)
  return record({
    ...common(cells),
    status: cells.STATUS,
    ready: conditions.includes('Ready'),
    schedulable: !conditions.includes('SchedulingDisabled'),
    roles: listed(cells.ROLES),
    version: cells.VERSION,
    internalIP: shown(cells['INTERNAL-IP']),
    externalIP: shown(cells['EXTERNAL-IP']),
    osImage: cells['OS-IMAGE'],
    kernel: cells['KERNEL-VERSION'],
    runtime: cells['CONTAINER-RUNTIME'],
  })
}

const claim = (cells: Cells): FactValue =>
  record({
    ...common(cells),
    status: cells.STATUS,
    volume: shown(cells.VOLUME),
    capacity: shown(cells.CAPACITY),
    storageClass: shown(cells.STORAGECLASS),
  })

const signingRequest = (cells: Cells): FactValue =>
  record({
    ...common(cells),
    signer: cells.SIGNERNAME,
    requestor: cells.REQUESTOR,
    condition: cells.CONDITION,
  })

const event = (cells: Cells): FactValue =>
  record({
    namespace: shown(cells.NAMESPACE),
    lastSeenSeconds: parseAge(/^\S+/.exec(cells['LAST SEEN'] ?? '')?.[0]),
    kind: cells.TYPE,
    reason: cells.REASON,
    object: cells.OBJECT,
    message: cells.MESSAGE,
  })

const endpoints = (cells: Cells): FactValue =>
  record({ ...common(cells), addresses: listed(cells.ENDPOINTS) })

const component = (cells: Cells): FactValue =>
  record({
    ...common(cells),
    healthy: cells.STATUS === 'Healthy',
    message: shown(cells.MESSAGE),
    error: shown(cells.ERROR),
  })

/** The tables of `kubectl get` that become facts; the first whose titles are all there reads a table. */
export const kinds: readonly Kind[] = [
  { fact: 'claims', titles: ['NAME', 'STATUS', 'VOLUME', 'CAPACITY'], read: claim },
  { fact: 'pods', titles: ['NAME', 'READY', 'STATUS', 'RESTARTS'], read: pod },
  { fact: 'nodes', titles: ['NAME', 'STATUS', 'ROLES', 'VERSION'], read: node },
  { fact: 'signingRequests', titles: ['NAME', 'REQUESTOR', 'CONDITION'], read: signingRequest },
  { fact: 'events', titles: ['LAST SEEN', 'REASON', 'OBJECT', 'MESSAGE'], read: event },
  { fact: 'endpoints', titles: ['NAME', 'ENDPOINTS'], read: endpoints },
  { fact: 'components', titles: ['NAME', 'STATUS', 'MESSAGE', 'ERROR'], read: component },
]
