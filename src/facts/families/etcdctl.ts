import { operandsOf } from '../command/options.ts'
import { combine, type Located, listFact, nothing, record } from '../parsed.ts'
import { readBoxTable } from '../text/box-table.ts'
import { linesOf, type TextLine } from '../text/lines.ts'
import { parseSize } from '../text/size.ts'
import type { CommandWords, FactValue, Parsed, Parser, ParserInput } from '../types.ts'

// v3: `URL is healthy: successfully committed proposal: took = 4.58ms`; v2: `member ID is healthy: got healthy result from URL`.
const healthPattern = /^(?:member )?(\S+) is (healthy|unhealthy|unreachable)(?:: (.*))?$/

const healthRows = (lines: readonly TextLine[]): readonly Located<FactValue>[] =>
  lines.flatMap(({ number, text }) => {
    const match = healthPattern.exec(text.trim())
    if (match === null) return []
    const [, endpoint = '', state, detail] = match
    const healthy = state === 'healthy'
    return [{ line: number, value: record({ endpoint, healthy, error: healthy ? undefined : detail }) }]
  })

const statusRow = (cells: Readonly<Record<string, string>>): FactValue =>
  record({
    endpoint: cells.ENDPOINT,
    id: cells.ID,
    healthy: cells.HEALTH === undefined ? undefined : cells.HEALTH === 'true',
    version: cells.VERSION,
    databaseSize: parseSize(cells['DB SIZE'] ?? '', 'decimal'),
    leader: cells['IS LEADER'] === undefined ? undefined : cells['IS LEADER'] === 'true',
    learner: cells['IS LEARNER'] === undefined ? undefined : cells['IS LEARNER'] === 'true',
    raftTerm: cells['RAFT TERM'] === undefined ? undefined : Number(cells['RAFT TERM']),
    raftIndex: cells['RAFT INDEX'] === undefined ? undefined : Number(cells['RAFT INDEX']),
    error: (cells.ERRORS ?? cells.ERROR)?.trim() || undefined,
  })

const endpointRows = (lines: readonly TextLine[]): readonly Located<FactValue>[] =>
  readBoxTable(lines)
    .filter(row => row.cells.ENDPOINT !== undefined)
    .map(row => ({ line: row.line, value: statusRow(row.cells) }))

const memberRows = (lines: readonly TextLine[]): readonly Located<FactValue>[] => [
  ...readBoxTable(lines)
    .filter(({ cells }) => cells['PEER ADDRS'] !== undefined)
    .map(({ line, cells }) => ({
      line,
      value: record({
        id: cells.ID,
        status: cells.STATUS,
        name: cells.NAME,
        peer: cells['PEER ADDRS'],
        client: cells['CLIENT ADDRS'],
        learner: cells['IS LEARNER'] === 'true',
      }),
    })),
  ...lines.flatMap(({ number, text }) => {
    const match =
      /^([0-9a-f]{10,16}), (started|unstarted), ([^,]*), ([^,]*), ([^,]*)(?:, (true|false))?$/.exec(
        text.trim(),
      )
    if (match === null) return []
    const [, id = '', status = '', name = '', peer = '', client = '', learner] = match
    return [{ line: number, value: { id, status, name, peer, client, learner: learner === 'true' } }]
  }),
]

const alarmRows = (lines: readonly TextLine[]): readonly Located<FactValue>[] =>
  lines.flatMap(({ number, text }) => {
    const match = /memberID:(\d+)\s+alarm:(\w+)/.exec(text)
    return match === null ? [] : [{ line: number, value: { member: match[1] ?? '', alarm: match[2] ?? '' } }]
  })

const listIfAny = (name: string, rows: readonly Located<FactValue>[]): Parsed =>
  rows.length === 0 ? nothing : listFact(name, rows)

const unlocated = (rows: readonly Located<FactValue>[]): readonly Located<FactValue>[] =>
  rows.map(row => ({ ...row, line: 0 }))

const valueOptions =
  '--endpoints --cacert --cert --key --ca-file --cert-file --key-file -w --write-out --user --dial-timeout --command-timeout'.split(
    ' ',
  )

const verbOf = (argv: CommandWords): string => operandsOf(argv, valueOptions).slice(0, 2).join(' ')

const reads = ['endpoint health', 'endpoint status', 'member list', 'alarm list', 'cluster-health']

const parse = ({ argv, stdout, stderr, exitCode }: ParserInput): Parsed => {
  const lines = linesOf(stdout)
  const alarms = alarmRows(lines)
  // Up to etcd 3.4 the verdicts on endpoints go to the error stream.
  const health = [...healthRows(lines), ...endpointRows(lines), ...unlocated(healthRows(linesOf(stderr)))]
  const noAlarm = verbOf(argv) === 'alarm list' && stdout.trim() === '' && exitCode === 0
  return combine([
    listIfAny('etcdEndpoints', health),
    listIfAny('etcdMembers', memberRows(lines)),
    noAlarm ? listFact('etcdAlarms', []) : listIfAny('etcdAlarms', alarms),
  ])
}

/** etcd's own word on itself: `etcdctl endpoint health|status`, `member list`, `alarm list` (simple and table), v2 `cluster-health`. */
export const etcdctl: Parser = {
  name: 'etcdctl',
  gives: ['etcdEndpoints', 'etcdMembers', 'etcdAlarms'],
  recognises: argv => argv[0] === 'etcdctl' && reads.includes(verbOf(argv)),
  recognisesText: text =>
    /^\S+ is (?:un)?healthy: /m.test(text) ||
    /^\|\s+ENDPOINT\s+\|/m.test(text) ||
    /^memberID:\d+ alarm:/m.test(text),
  parse,
}
