import { checkWords } from '../../relations/haproxy/check-server.ts'
import {
  isServerUp,
  liveServers,
  sectionsOf,
  settingOf,
  stateOfServer,
} from '../../relations/haproxy/proxy-state.ts'
import type { BackendServer, ProxySection } from '../../relations/haproxy/read-settings.ts'
import type { ProxyServer, ProxyState, ServerSetting } from '../../world/platforms.ts'
import type { World } from '../../world/world.ts'

const titles =
  'pxname,svname,qcur,qmax,scur,smax,slim,stot,bin,bout,dreq,dresp,ereq,econ,eresp,wretr,wredis,status,weight,act,bck,chkfail,chkdown,lastchg,downtime,qlimit,pid,iid,sid,throttle,lbtot,tracked,type,rate,rate_lim,rate_max,check_status,check_code,check_duration,hrsp_1xx,hrsp_2xx,hrsp_3xx,hrsp_4xx,hrsp_5xx,hrsp_other,hanafail,req_rate,req_rate_max,req_tot,cli_abrt,srv_abrt,comp_in,comp_out,comp_byp,comp_rsp,lastsess,last_chk,last_agt,qtime,ctime,rtime,ttime,agent_status,agent_code,agent_duration,check_desc,agent_desc,check_rise,check_fall,check_health,agent_rise,agent_fall,agent_health,addr,cookie,mode,algo,conn_rate,conn_rate_max,conn_tot,intercepted,dcon,dses,wrew,connect,reuse,cache_lookups,cache_hits,srv_icur,src_ilim,qtime_max,ctime_max,rtime_max,ttime_max,eint,idle_conn_cur,safe_conn_cur,used_conn_cur,need_conn_est,uweight,agg_server_check_status'.split(
    ',',
  )

type Cells = Readonly<Record<string, string | number | undefined>>

const row = (cells: Cells): string => `${titles.map(title => cells[title] ?? '').join(',')},`

const secondsSince = (world: World, ms: number): number => Math.max(0, Math.floor((world.nowMs - ms) / 1000))

type Table = {
  readonly world: World
  readonly state: ProxyState
  readonly upS: number
  /** The bits of the kinds of rows that are wanted. */
  readonly kinds: number
  /** The number of the server that is wanted; `-1` for all. */
  readonly id: string
}
type At = { readonly section: ProxySection; readonly number: number }

const counters = ({ upS }: Table, share: number): Cells => ({
  qcur: 0,
  qmax: 0,
  scur: 0,
  smax: 3,
  stot: Math.floor((upS / 45) * share),
  bin: Math.floor(upS * 22 * share),
  bout: Math.floor(upS * 610 * share),
  dreq: 0,
  dresp: 0,
  pid: 1,
  rate: 0,
  rate_max: 2,
})

const frontRow = (table: Table, { section, number }: At): string =>
  row({
    pxname: section.name,
    svname: 'FRONTEND',
    ...counters(table, 1),
    qcur: '',
    qmax: '',
    slim: 4000,
    ereq: 0,
    status: 'OPEN',
    iid: number,
    sid: 0,
    type: 0,
    rate_lim: 0,
    mode: section.mode,
  })

const statusText = (
  isChecked: boolean,
  found: ProxyServer | undefined,
  { server, admin }: { readonly server: BackendServer; readonly admin: ServerSetting['admin'] },
): string => {
  if (admin !== undefined) return admin.toUpperCase()
  if (!isChecked) return 'no check'
  if (found?.isUp !== false) {
    const left = server.fall - (found?.streak ?? 0)
    return found === undefined || left >= server.fall ? 'UP' : `UP ${left}/${server.fall}`
  }
  return found.streak > 0 ? `DOWN ${found.streak}/${server.rise}` : 'DOWN'
}

const checkCells = (found: ProxyServer | undefined, server: BackendServer): Cells =>
  found === undefined
    ? {}
    : {
        chkfail: found.failedChecks,
        chkdown: found.timesDown,
        check_status: found.check,
        check_code: found.code,
        check_duration: found.durationMs,
        last_chk: found.info,
        check_desc: checkWords[found.check],
        check_rise: server.rise,
        check_fall: server.fall,
        check_health: found.isUp ? server.rise + server.fall - 1 : 0,
      }

const serverRow = (table: Table, { section, number }: At, server: BackendServer): string => {
  const { world, state } = table
  const found = stateOfServer(state, section, server)
  const isUp = isServerUp(state, section, server)
  const { admin, weight = 1 } = settingOf(state, section, server)
  return row({
    pxname: section.name,
    svname: server.name,
    ...counters(table, isUp ? 1 / section.servers.length : 0.1),
    dreq: '',
    econ: 0,
    eresp: 0,
    wretr: 0,
    wredis: 0,
    status: statusText(server.isChecked, found, { server, admin }),
    weight,
    act: 1,
    bck: 0,
    lastchg: secondsSince(world, found?.changedMs ?? state.readMs),
    downtime: Math.floor((found?.downMs ?? 0) / 1000),
    iid: number,
    sid: section.servers.indexOf(server) + 1,
    lbtot: Math.floor(table.upS / 45 / section.servers.length),
    type: 2,
    ...checkCells(found, server),
    addr: `${server.address}:${server.port}`,
    mode: section.mode,
    uweight: weight,
  })
}

const backRow = (table: Table, { section, number }: At): string => {
  const { world, state } = table
  const live = liveServers(state, section)
  const isUp = section.servers.length === 0 || live.length > 0
  const found = section.servers.flatMap(server => stateOfServer(state, section, server) ?? [])
  // It changes with the last of its servers that goes down, and with the first that comes back.
  const timesDown = found.length === 0 ? 0 : Math.min(...found.map(one => one.timesDown))
  const changes = found.filter(one => one.isUp === isUp).map(one => one.changedMs)
  const changedMs = timesDown === 0 ? state.readMs : Math.max(state.readMs, ...changes)
  return row({
    pxname: section.name,
    svname: 'BACKEND',
    ...counters(table, 1),
    slim: 400,
    econ: 0,
    eresp: 0,
    wretr: 0,
    wredis: 0,
    status: isUp ? 'UP' : 'DOWN',
    weight: live.length,
    act: live.length,
    bck: 0,
    chkdown: timesDown,
    lastchg: secondsSince(world, changedMs),
    downtime: isUp ? 0 : secondsSince(world, changedMs),
    iid: number,
    sid: 0,
    type: 1,
    mode: section.mode,
    algo: 'roundrobin',
    uweight: live.length,
  })
}

const FRONTENDS = 1
const BACKENDS = 2
const SERVERS = 4

const rowsOf = (table: Table, at: At): readonly string[] => {
  const { section } = at
  const has = (kind: number): boolean => (table.kinds & kind) !== 0
  const servers = section.servers.filter((_, place) => ['-1', String(place + 1)].includes(table.id))
  return [
    ...(section.kind !== 'backend' && has(FRONTENDS) ? [frontRow(table, at)] : []),
    ...(has(SERVERS) ? servers.map(server => serverRow(table, at, server)) : []),
    ...(section.kind !== 'frontend' && has(BACKENDS) ? [backRow(table, at)] : []),
  ]
}

/** The table that `show stat` and the page with `;csv` give. `wanted`: a proxy by name or number, the bits of the kinds of rows, a server's number; -1 is all. */
export const statTable = (world: World, state: ProxyState, wanted: readonly string[] = []): string => {
  const [proxy = '-1', kinds = '-1', id = '-1'] = wanted
  const table = { world, state, upS: secondsSince(world, state.readMs), kinds: Number(kinds), id }
  const rows = sectionsOf(state)
    .map((section, at) => ({ section, number: at + 2 }))
    .filter(({ section, number }) => ['-1', section.name, String(number)].includes(proxy))
    .flatMap(at => rowsOf(table, at))
  return `# ${titles.join(',')},\n${rows.join('\n')}\n\n`
}
