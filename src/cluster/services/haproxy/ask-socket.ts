import { childPidOf } from '../../relations/child-process.ts'
import { checkNumbers, isGood } from '../../relations/haproxy/check-server.ts'
import {
  isServerUp,
  mostConnections,
  sectionsOf,
  settingOf,
  stateOfServer,
} from '../../relations/haproxy/proxy-state.ts'
import type { ProxySection } from '../../relations/haproxy/read-settings.ts'
import { hostnameOf } from '../../relations/hostname.ts'
import { type AskedProxy, changeServer } from './change-server.ts'
import { helpText, unknownText } from './command-help.ts'
import { HAPROXY_VERSION } from './haproxy.ts'
import { statTable } from './stat-table.ts'

const secondsUp = ({ world, state }: AskedProxy): number => Math.floor((world.nowMs - state.readMs) / 1000)

const info = (asked: AskedProxy): string => {
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
    `Maxconn: ${mostConnections(asked.state.settings)}`,
    `Hard_maxconn: ${mostConnections(asked.state.settings)}`,
    'CurrConns: 1',
    `CumConns: ${Math.floor(up / 20) + 1}`,
    `CumReq: ${Math.floor(up / 14)}`,
    'Idle_pct: 100',
    'Stopping: 0',
    'Jobs: 8',
    'Listeners: 6',
    `node: ${hostnameOf(asked.machine)}`,
    '',
  ].join('\n')
}

/** The bits by which the table of states tells what was set of a server. */
const adminNumbers = { ready: 0, maint: 1, drain: 8 } as const

const serverRows = (asked: AskedProxy, section: ProxySection, number: number): readonly string[] =>
  section.servers.map((server, at) => {
    const { world, state } = asked
    const found = stateOfServer(state, section, server)
    const isUp = isServerUp(state, section, server)
    const since = Math.floor((world.nowMs - (found?.changedMs ?? state.readMs)) / 1000)
    const { admin, weight = 1 } = settingOf(state, section, server)
    const isRunning = admin === 'drain' || isUp
    // 1 says that no check has ended yet.
    const status = found === undefined ? 1 : (checkNumbers[found.check] ?? 1)
    const result = found === undefined ? 0 : isGood(found) ? 3 : 2
    return `${number} ${section.name} ${at + 1} ${server.name} ${server.address} ${isRunning ? 2 : 0} ${adminNumbers[admin ?? 'ready']} ${weight} 1 ${since} ${status} ${result} ${isUp ? server.rise + server.fall - 1 : 0} 6 0 0 0 - ${server.port} - ${server.isTls ? 1 : 0} 0 - - 0`
  })

/** The backends with their numbers: all, or the one that is named. */
const numbered = ({ state }: AskedProxy, name: string | undefined) =>
  sectionsOf(state)
    .map((section, at) => ({ section, number: at + 2 }))
    .filter(({ section }) => section.kind !== 'frontend' && (name === undefined || section.name === name))

const NO_BACKEND = "Can't find backend.\n\n"

const serversState = (asked: AskedProxy, name: string | undefined): string => {
  const wanted = numbered(asked, name)
  if (wanted.length === 0) return NO_BACKEND
  const rows = wanted.flatMap(({ section, number }) => serverRows(asked, section, number))
  return `1\n# be_id be_name srv_id srv_name srv_addr srv_op_state srv_admin_state srv_uweight srv_iweight srv_time_since_last_change srv_check_status srv_check_result srv_check_health srv_check_state srv_agent_state bk_f_forced_id srv_f_forced_id srv_fqdn srv_port srvrecord srv_use_ssl srv_check_port srv_check_addr srv_agent_addr srv_agent_port\n${rows.join('\n')}\n\n`
}

const serversConnections = (asked: AskedProxy, name: string | undefined): string => {
  const wanted = numbered(asked, name)
  if (wanted.length === 0) return NO_BACKEND
  const rows = wanted.flatMap(({ section, number }) =>
    section.servers.map(
      (server, at) =>
        `${section.name}/${server.name} ${number}/${at + 1} ${server.address} ${server.port} - 5000 0 1 0 0 0 -1 0 0 0`,
    ),
  )
  return `# bkname/svname bkid/svid addr port - purge_delay used_cur used_max need_est unsafe_nb safe_nb idle_lim idle_cur idle_per_thr[2]\n${rows.join('\n')}\n\n`
}

const backends = ({ state }: AskedProxy): string =>
  `# name\n${sectionsOf(state)
    .filter(({ kind }) => kind !== 'frontend')
    .map(({ name }) => name)
    .join('\n')}\n\n`

const sessions = (asked: AskedProxy): string =>
  `0x55d1c6a3e1f0: proto=unix_stream src=unix:1 fe=GLOBAL be=<NONE> srv=<none> ts=00 age=0s calls=1 rate=1 cpu=0 lat=0 rq[f=c48202h,i=0,an=00h,rx=,wx=,ax=] exp=${Math.min(10, secondsUp(asked))}s\n\n`

/** What HAProxy's socket answers to a command. */
export const askSocket = (asked: AskedProxy, command: string): string => {
  const words = command.trim().split(/\s+/).join(' ')
  if (words === '') return '\n'
  if (words.startsWith('show stat')) return statTable(asked.world, asked.state, words.split(' ').slice(2))
  if (words === 'show info') return `${info(asked)}\n`
  if (words.startsWith('show servers state')) return serversState(asked, words.split(' ')[3])
  if (words.startsWith('show servers conn')) return serversConnections(asked, words.split(' ')[3])
  if (words === 'show backend') return backends(asked)
  if (words === 'show sess') return sessions(asked)
  if (words === 'show errors') return 'Total events captured on [now] : 0\n\n'
  if (/^help\b/.test(words)) return helpText
  const changed = changeServer(asked, words.split(' '))
  return changed ?? unknownText(words.split(' ')[0] ?? '')
}
