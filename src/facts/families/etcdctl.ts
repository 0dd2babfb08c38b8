import { operandsOf } from '../command/options.ts'
import { combine, type Located, listFact, nothing, record, singleFact } from '../parsed.ts'
import { readBoxTable } from '../text/box-table.ts'
import { linesOf, type TextLine } from '../text/lines.ts'
import { parseSize } from '../text/size.ts'
import type { CommandWords, FactValue, Parsed, Parser, ParserInput } from '../types.ts'
import { readEtcdJson } from './etcd-json.ts'
import {
  endpointRow,
  healthRows,
  memberLineRows,
  memberRow,
  type Rows,
  simpleStatusRows,
} from './etcd-rows.ts'
import { carriedWords } from './kubectl-command.ts'

type Table = ReturnType<typeof readBoxTable>

const tableRows = (table: Table, title: string, read: typeof endpointRow): Rows =>
  table.filter(row => row.cells[title] !== undefined).map(row => ({ line: row.line, value: read(row.cells) }))

const alarmRows = (lines: readonly TextLine[]): Rows =>
  lines.flatMap(({ number, text }) => {
    const match = /memberID:(\d+)\s+alarm:(\w+)/.exec(text)
    return match === null ? [] : [{ line: number, value: { member: match[1] ?? '', alarm: match[2] ?? '' } }]
  })

// `Failed to get the status of endpoint URL (context deadline exceeded)` stands beside the rows of those that answered.
const failedRows = (lines: readonly TextLine[]): Rows =>
  lines.flatMap(({ text }) => {
    const match = /^Failed to get the status of endpoint (\S+) \((.*)\)$/.exec(text.trim())
    if (match === null) return []
    return [{ line: 0, value: { endpoint: match[1] ?? '', healthy: false, error: match[2] ?? '' } }]
  })

// v2 ends with `cluster is healthy`, `cluster is degraded` or `cluster is unavailable`.
const clusterFact = (lines: readonly TextLine[]): Parsed => {
  const line = lines.find(({ text }) => /^cluster is \w+$/.test(text.trim()))
  if (line === undefined) return nothing
  const status = line.text.trim().split(' ')[2] ?? ''
  return singleFact('etcdCluster', { line: line.number, value: { status, healthy: status === 'healthy' } })
}

const snapshotFact = (table: Table): Parsed => {
  const row = table.find(({ cells }) => cells.HASH !== undefined)
  if (row === undefined) return nothing
  const { cells } = row
  const value = record({
    hash: cells.HASH,
    revision: Number(cells.REVISION),
    keys: Number(cells['TOTAL KEYS']),
    size: parseSize(cells['TOTAL SIZE'] ?? '', 'decimal'),
  })
  return singleFact('etcdSnapshot', { line: row.line, value })
}

// `PASS: Throughput is 149 writes/s`, `FAIL: Slowest request took 0.6s`
const checkRows = (lines: readonly TextLine[]): Rows =>
  lines.flatMap(({ number, text }) => {
    const match = /^(PASS|FAIL)(?:: (.*))?$/.exec(text.trim())
    return match?.[2] === undefined
      ? []
      : [{ line: number, value: { ok: match[1] === 'PASS', text: match[2] } }]
  })

const listIfAny = (name: string, rows: readonly Located<FactValue>[]): Parsed =>
  rows.length === 0 ? nothing : listFact(name, rows)

const unlocated = (rows: Rows): Rows => rows.map(row => ({ ...row, line: 0 }))

const valueOptions =
  '--endpoints --cacert --cert --key --ca-file --cert-file --key-file -w --write-out -o --output --user --dial-timeout --command-timeout'.split(
    ' ',
  )

const asksAlarms = (argv: CommandWords): boolean => operandsOf(argv, valueOptions)[0] === 'alarm'

const parse = ({ argv, stdout, stderr, exitCode }: ParserInput): Parsed => {
  const words = carriedWords(argv)
  const lines = linesOf(stdout)
  const complaints = linesOf(stderr)
  const table = readBoxTable(lines)
  const noAlarm = asksAlarms(words) && stdout.trim() === '' && exitCode === 0
  // Up to etcd 3.4 the verdicts on endpoints go to the error stream.
  const endpoints = [
    ...healthRows(lines),
    ...tableRows(table, 'ENDPOINT', endpointRow),
    ...simpleStatusRows(lines),
    ...failedRows(lines),
    ...unlocated(healthRows(complaints)),
    ...failedRows(complaints),
  ]
  return combine([
    listIfAny('etcdEndpoints', endpoints),
    listIfAny('etcdMembers', [...tableRows(table, 'PEER ADDRS', memberRow), ...memberLineRows(lines)]),
    noAlarm ? listFact('etcdAlarms', []) : listIfAny('etcdAlarms', alarmRows(lines)),
    /^\s*[[{]/.test(stdout) ? readEtcdJson(stdout, asksAlarms(words) ? 'alarms' : 'other') : nothing,
    clusterFact(lines),
    snapshotFact(table),
    listIfAny('etcdChecks', checkRows(lines)),
  ])
}

/**
 * etcd's own word on itself: `etcdctl endpoint health|status`, `member list`, `alarm list` in simple, table and JSON form, v2
 * `cluster-health` and `member list`, `snapshot status`, `check perf`.
 */
export const etcdctl: Parser = {
  name: 'etcdctl',
  gives: ['etcdEndpoints', 'etcdMembers', 'etcdAlarms', 'etcdCluster', 'etcdSnapshot', 'etcdChecks'],
  recognises: argv => /^(?:etcdctl|etcdutl)$/.test(carriedWords(argv)[0] ?? ''),
  recognisesText: text =>
    /^\S+ is (?:un)?healthy: /m.test(text) ||
    /^\|\s+(?:ENDPOINT|ID\s+\|\s+STATUS)\s+\|/m.test(text) ||
    /^memberID:\d+ alarm:/m.test(text) ||
    /^cluster is (?:healthy|degraded|unavailable)$/m.test(text) ||
    /^\[?\{"(?:Endpoint|header":\{"cluster_id)"/.test(text),
  parse,
}
