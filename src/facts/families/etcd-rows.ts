import { type Cells, type Located, record } from '../parsed.ts'
import type { TextLine } from '../text/lines.ts'
import { parseSize } from '../text/size.ts'
import type { FactValue } from '../types.ts'
import { parseDuration } from './durations.ts'

/** Rows of a fact with their lines. */
export type Rows = readonly Located<FactValue>[]

const flag = (text: string | undefined): boolean | undefined =>
  text === 'true' || text === 'false' ? text === 'true' : undefined

const count = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined

const percent = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d+(?:\.\d+)?%$/.test(text) ? Number(text.slice(0, -1)) : undefined

/** The row of an endpoint out of the cells of a table, under the titles of `endpoint status` or `endpoint health`. */
export const endpointRow = (cells: Readonly<Record<string, string>>): FactValue =>
  record({
    endpoint: cells.ENDPOINT,
    id: cells.ID,
    healthy: flag(cells.HEALTH),
    tookSeconds: parseDuration(cells.TOOK ?? ''),
    version: cells.VERSION,
    databaseSize: parseSize(cells['DB SIZE'] ?? '', 'decimal'),
    databaseInUse: parseSize(cells['IN USE'] ?? '', 'decimal'),
    databaseUnusedPercent: percent(cells['PERCENTAGE NOT IN USE']),
    databaseQuota: parseSize(cells.QUOTA ?? '', 'decimal'),
    leader: flag(cells['IS LEADER']),
    learner: flag(cells['IS LEARNER']),
    raftTerm: count(cells['RAFT TERM']),
    raftIndex: count(cells['RAFT INDEX']),
    raftAppliedIndex: count(cells['RAFT APPLIED INDEX']),
    error: (cells.ERRORS ?? cells.ERROR)?.trim() || undefined,
  })

// The simple form prints the same cells with commas between them; releases added some at the end and in 3.6 in the middle.
const simpleTitles: Readonly<Record<number, string>> = {
  9: 'ENDPOINT|ID|VERSION|DB SIZE|IS LEADER|RAFT TERM|RAFT INDEX|RAFT APPLIED INDEX|ERRORS',
  10: 'ENDPOINT|ID|VERSION|DB SIZE|IS LEADER|IS LEARNER|RAFT TERM|RAFT INDEX|RAFT APPLIED INDEX|ERRORS',
  16: 'ENDPOINT|ID|VERSION|STORAGE VERSION|DB SIZE|IN USE|PERCENTAGE NOT IN USE|QUOTA|IS LEADER|IS LEARNER|RAFT TERM|RAFT INDEX|RAFT APPLIED INDEX|ERRORS|DOWNGRADE TARGET VERSION|DOWNGRADE ENABLED',
}

/** Endpoints in the simple form of `endpoint status`: `URL, ID, 3.5.9, 20 kB, true, false, 2, 8, 8, `. */
export const simpleStatusRows = (lines: readonly TextLine[]): Rows =>
  lines.flatMap(({ number, text }) => {
    const cells = text.split(',').map(cell => cell.trim())
    const titles = simpleTitles[cells.length]?.split('|')
    if (titles === undefined || !/^[0-9a-f]{8,16}$/.test(cells[1] ?? '')) return []
    return [
      {
        line: number,
        value: endpointRow(Object.fromEntries(titles.map((title, index) => [title, cells[index] ?? '']))),
      },
    ]
  })

const healthPattern = /^(?:member )?(\S+) is (healthy|unhealthy|unreachable)(?:: (.*))?$/

const healthDetail = (detail: string | undefined): Cells => {
  const source = /^(?:got (?:un)?healthy result from |\[)([^\s\],]+)/.exec(detail ?? '')?.[1]
  const took = /took = (\S+)/.exec(detail ?? '')?.[1]
  return { ...(source === undefined ? {} : { endpoint: source }), tookSeconds: parseDuration(took ?? '') }
}

/**
 * Verdicts on endpoints. v3: `URL is healthy: successfully committed proposal: took = 4.58ms`; v2: `member ID is healthy: got healthy
 * result from URL`.
 */
export const healthRows = (lines: readonly TextLine[]): Rows =>
  lines.flatMap(({ number, text }) => {
    const match = healthPattern.exec(text.trim())
    if (match === null || match[1] === 'cluster') return []
    const [, subject = '', state, detail] = match
    const healthy = state === 'healthy'
    const named = text.trim().startsWith('member ')
      ? { id: subject, endpoint: subject }
      : { endpoint: subject }
    const error = healthy ? undefined : detail
    return [{ line: number, value: record({ ...named, healthy, ...healthDetail(detail), error }) }]
  })

const simpleMember = /^([0-9a-f]{10,16}), (started|unstarted), ([^,]*), (\S*?), (\S*?)(?:, (true|false))?$/
// `ID: name=m1 peerURLs=… clientURLs=… isLeader=true`, v2; a member that never started has `[unstarted]` behind its id.
const oldMember =
  /^([0-9a-f]{10,16})(\[unstarted\])?: (?:name=(\S*) )?peerURLs=(\S*)(?: clientURLs=(\S*))?(?: isLeader=(true|false))?/

const memberOf = (text: string): FactValue | undefined => {
  const simple = simpleMember.exec(text)
  if (simple !== null) {
    const [, id, status, name, peer, client, learner] = simple
    return record({ id, status, name, peer, client, learner: learner === 'true' })
  }
  const old = oldMember.exec(text)
  if (old === null) return undefined
  const [, id, unstarted, name, peer, client, leader] = old
  const status = unstarted === undefined ? 'started' : 'unstarted'
  return record({
    id,
    status,
    name: name || undefined,
    peer,
    client: client || undefined,
    leader: flag(leader),
  })
}

/** Members in the simple form of `member list`, v3 and v2. */
export const memberLineRows = (lines: readonly TextLine[]): Rows =>
  lines.flatMap(({ number, text }) => {
    const value = memberOf(text.trim())
    return value === undefined ? [] : [{ line: number, value }]
  })

/** The row of a member out of the cells of a table. */
export const memberRow = (cells: Readonly<Record<string, string>>): FactValue =>
  record({
    id: cells.ID,
    status: cells.STATUS,
    name: cells.NAME,
    peer: cells['PEER ADDRS'],
    client: cells['CLIENT ADDRS'],
    learner: cells['IS LEARNER'] === 'true',
  })
