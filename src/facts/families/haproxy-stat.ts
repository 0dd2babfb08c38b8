import { type Cells, combine, type Located, listFact, nothing, record, singleFact } from '../parsed.ts'
import { linesOf } from '../text/lines.ts'
import type { FactValue, Parsed, Parser, ParserInput } from '../types.ts'

const isHeader = (text: string): boolean => /^#? ?pxname,svname,/.test(text)

const whole = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined

/** Looks a cell up by its title; empty cells are not there. */
type Lookup = (title: string) => string | undefined

const lookup =
  (titles: readonly string[], cells: readonly string[]): Lookup =>
  title =>
    cells[titles.indexOf(title)] || undefined

const serverCells = (at: Lookup): Cells => ({
  proxy: at('pxname'),
  server: at('svname'),
  status: at('status'),
  active: whole(at('act')),
  backup: whole(at('bck')),
  weight: whole(at('weight')),
  sessions: whole(at('scur')),
  queue: whole(at('qcur')),
  check: at('check_status'),
  checkCode: whole(at('check_code')),
  lastCheck: at('last_chk'),
  failedChecks: whole(at('chkfail')),
  timesDown: whole(at('chkdown')),
  lastChangeSeconds: whole(at('lastchg')),
  downSeconds: whole(at('downtime')),
  address: at('addr'),
})

const statRows = (stdout: string): readonly Located<FactValue>[] => {
  let titles: readonly string[] = []
  return linesOf(stdout).flatMap(({ number, text }) => {
    const cells = text.replace(/^# /, '').split(',')
    if (isHeader(text)) titles = cells
    const at = lookup(titles, cells)
    if (isHeader(text) || at('status') === undefined || at('svname') === undefined) return []
    return [{ line: number, value: record(serverCells(at)) }]
  })
}

// What `show servers state` prints as numbers.
const operationalStates = ['DOWN', 'STARTING', 'UP', 'STOPPING']

const stateRows = (stdout: string): readonly Located<FactValue>[] => {
  let titles: readonly string[] = []
  return linesOf(stdout).flatMap(({ number, text }) => {
    if (text.startsWith('# be_id ')) titles = text.slice(2).split(' ')
    const at = lookup(titles, text.split(' '))
    const state = operationalStates[Number(at('srv_op_state') ?? Number.NaN)]
    if (state === undefined) return []
    const value = record({
      proxy: at('be_name'),
      server: at('srv_name'),
      status: at('srv_admin_state') === '0' ? state : 'MAINT',
      weight: whole(at('srv_uweight')),
      address: `${at('srv_addr')}:${at('srv_port')}`,
      lastChangeSeconds: whole(at('srv_time_since_last_change')),
    })
    return [{ line: number, value }]
  })
}

const infoFact = (stdout: string): Parsed => {
  const field = (title: string): string | undefined => new RegExp(`^${title}: (.*)$`, 'm').exec(stdout)?.[1]
  if (field('Name') !== 'HAProxy') return nothing
  const value = record({
    version: field('Version'),
    pid: whole(field('Pid')),
    uptimeSeconds: whole(field('Uptime_sec')),
    maxConnections: whole(field('Maxconn')),
    connections: whole(field('CurrConns')),
    idlePercent: whole(field('Idle_pct')),
    stopping: field('Stopping') === '1',
  })
  return singleFact('proxyProcess', { line: 1, value })
}

const parse = ({ stdout }: ParserInput): Parsed => {
  const rows = [...statRows(stdout), ...stateRows(stdout)]
  return combine([rows.length === 0 ? nothing : listFact('proxyServers', rows), infoFact(stdout)])
}

/**
 * What HAProxy's socket or page answers: `show stat` (every frontend, server and backend; columns may have been cut out),
 * `show servers state`, `show info`, and the page's `;csv`.
 */
export const haproxyStat: Parser = {
  name: 'haproxy-stat',
  gives: ['proxyServers', 'proxyProcess'],
  recognises: ([program = '', ...words]) =>
    (/^(?:socat|nc|ncat)$/.test(program) && words.some(word => word.includes('haproxy'))) ||
    (/^(?:curl|wget)$/.test(program) && words.some(word => word.includes(';csv'))),
  recognisesText: text => /^(?:#? ?pxname,svname,|# be_id be_name |Name: HAProxy$)/m.test(text),
  parse,
}
