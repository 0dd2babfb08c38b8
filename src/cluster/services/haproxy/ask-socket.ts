import { childPidOf } from '../../relations/child-process.ts'
import { isServerUp, sectionsOf, stateOfServer } from '../../relations/haproxy/proxy-state.ts'
import type { ProxySection } from '../../relations/haproxy/read-settings.ts'
import type { ProxyState } from '../../world/platforms.ts'
import type { Unit } from '../../world/unit.ts'
import type { World } from '../../world/world.ts'
import { HAPROXY_VERSION } from './haproxy.ts'
import { statTable } from './stat-table.ts'

type Asked = { readonly world: World; readonly unit: Unit; readonly state: ProxyState }

const secondsUp = ({ world, state }: Asked): number => Math.floor((world.nowMs - state.readMs) / 1000)

/** The most connections that the settings of the whole process allow. */
const mostOf = ({ state }: Asked): number => {
  const [, own = ''] = /^global\b[^\n]*\n((?:[ \t]+.*\n|\s*\n|#.*\n)*)/m.exec(state.settings) ?? []
  return Number(/^\s*maxconn\s+(\d+)/m.exec(own)?.[1] ?? 4_000)
}

const info = (asked: Asked): string => {
  const up = secondsUp(asked)
  const days = Math.floor(up / 86_400)
  const pad = (value: number) => String(value).padStart(2, '0')
  return [
    'Name: HAProxy',
    `Version: ${HAPROXY_VERSION}`,
    'Release_date: 2023/12/11',
    'Nbthread: 2',
    'Nbproc: 1',
    'Process_num: 1',
    `Pid: ${childPidOf(asked.unit)}`,
    `Uptime: ${days}d ${Math.floor((up % 86_400) / 3600)}h${pad(Math.floor((up % 3600) / 60))}m${pad(up % 60)}s`,
    `Uptime_sec: ${up}`,
    'Memmax_MB: 0',
    'PoolAlloc_MB: 0',
    'PoolUsed_MB: 0',
    'PoolFailed: 0',
    'Ulimit-n: 8037',
    'Maxsock: 8037',
    `Maxconn: ${mostOf(asked)}`,
    `Hard_maxconn: ${mostOf(asked)}`,
    'CurrConns: 2',
    `CumConns: ${Math.floor(up / 20)}`,
    `CumReq: ${Math.floor(up / 14)}`,
    'Idle_pct: 100',
    'Stopping: 0',
    'Jobs: 8',
    'Listeners: 6',
    '',
  ].join('\n')
}

const serverRows = (asked: Asked, section: ProxySection, number: number): readonly string[] =>
  section.servers.map((server, at) => {
    const { world, state } = asked
    const found = stateOfServer(state, section, server)
    const isUp = isServerUp(state, section, server)
    const since = Math.floor((world.nowMs - (found?.changedMs ?? state.readMs)) / 1000)
    return `${number} ${section.name} ${at + 1} ${server.name} ${server.address} ${isUp ? 2 : 0} 0 1 1 ${since} ${isUp ? 15 : 8} ${isUp ? 3 : 2} ${isUp ? server.rise + server.fall - 1 : 0} 6 0 0 0 - ${server.port} - ${server.isTls ? 1 : 0} 0 - - 0`
  })

const serversState = (asked: Asked): string => {
  const rows = sectionsOf(asked.state).flatMap((section, at) => serverRows(asked, section, at + 2))
  return `1\n# be_id be_name srv_id srv_name srv_addr srv_op_state srv_admin_state srv_uweight srv_iweight srv_time_since_last_change srv_check_status srv_check_result srv_check_health srv_check_state srv_agent_state bk_f_forced_id srv_f_forced_id srv_fqdn srv_port srvrecord srv_use_ssl srv_check_port srv_check_addr srv_agent_addr srv_agent_port\n${rows.join('\n')}\n\n`
}

const backends = ({ state }: Asked): string =>
  `# name\n${sectionsOf(state)
    .filter(({ kind }) => kind !== 'frontend')
    .map(({ name }) => name)
    .join('\n')}\n\n`

const sessions = (asked: Asked): string =>
  `0x55d1c6a3e1f0: proto=unix_stream src=unix:1 fe=GLOBAL be=<NONE> srv=<none> ts=00 age=0s calls=1 rate=1 cpu=0 lat=0 rq[f=c48202h,i=0,an=00h,rx=,wx=,ax=] exp=${Math.min(10, secondsUp(asked))}s\n\n`

/** What HAProxy's socket answers to a command. */
export const askSocket = (asked: Asked, command: string): string => {
  const words = command.trim().split(/\s+/).join(' ')
  if (words === '') return '\n'
  if (words.startsWith('show stat')) return statTable(asked.world, asked.state)
  if (words === 'show info') return `${info(asked)}\n`
  if (words.startsWith('show servers state')) return serversState(asked)
  if (words === 'show backend') return backends(asked)
  if (words === 'show sess') return sessions(asked)
  if (words === 'show errors') return 'Total events captured on [now] : 0\n\n'
  return `Unknown command: '${words.split(' ')[0]}'. Please enter one of the following commands only:\n  help                                    : full commands list\n  prompt                                  : toggle interactive mode with prompt\n  quit                                    : disconnect\n  show backend                            : list backends in the current running config\n  show errors [<px>] [request|response]   : report last request and/or response errors for each proxy\n  show info [desc|json|typed|float]*      : report information about the running process\n  show servers state [<backend>]          : dump volatile server information (all or for a single backend)\n  show stat [desc|json|no-maint|typed|up]*: report counters for each proxy and server\n\n`
}
