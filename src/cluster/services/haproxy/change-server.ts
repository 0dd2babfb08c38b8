import { writeJournal } from '../../journal/write-journal.ts'
import { childPidOf } from '../../relations/child-process.ts'
import {
  isServerUp,
  liveServers,
  sectionsOf,
  serverKey,
  settingOf,
  stateOfServer,
} from '../../relations/haproxy/proxy-state.ts'
import type { BackendServer, ProxySection } from '../../relations/haproxy/read-settings.ts'
import type { Machine } from '../../world/machine.ts'
import type { ProxyState, ServerSetting } from '../../world/platforms.ts'
import type { Unit } from '../../world/unit.ts'
import type { World } from '../../world/world.ts'

/** An HAProxy whose socket is asked. */
export type AskedProxy = {
  readonly world: World
  readonly machine: Machine
  readonly unit: Unit
  readonly state: ProxyState
}

type Found = { readonly section: ProxySection; readonly server: BackendServer }

const find = ({ state }: AskedProxy, name: string): Found | string => {
  const [backend = '', wanted] = name.split('/')
  if (wanted === undefined) return "Require 'backend/server'.\n\n"
  const section = sectionsOf(state).find(one => one.name === backend && one.kind !== 'frontend')
  if (section === undefined) return 'No such backend.\n\n'
  const server = section.servers.find(one => one.name === wanted)
  return server === undefined ? 'No such server.\n\n' : { section, server }
}

const tell = ({ world, machine, unit, state }: AskedProxy, level: string, text: string): void => {
  const pid = childPidOf(unit)
  state.news.push({ atMs: world.nowMs, text })
  writeJournal(machine, {
    atMs: world.nowMs,
    unit: unit.name,
    identifier: 'haproxy',
    pid,
    message: `${`[${level}]`.padEnd(10)} (${pid}) : ${text}`,
  })
}

const keep = (asked: AskedProxy, { section, server }: Found, change: ServerSetting): void => {
  const { state } = asked
  const key = serverKey(section, server)
  state.set = { ...state.set, [key]: { ...state.set?.[key], ...change } }
}

const leave = (asked: AskedProxy, found: Found, admin: 'maint' | 'drain'): void => {
  const { section, server } = found
  const title = `Server ${section.name}/${server.name}`
  const wasUp = isServerUp(asked.state, section, server)
  keep(asked, found, { admin })
  const known = stateOfServer(asked.state, section, server)
  if (wasUp && known !== undefined) known.changedMs = asked.world.nowMs
  const live = liveServers(asked.state, section).length
  const left = `${live} active and 0 backup servers left. 0 sessions active, 0 requeued, 0 remaining in queue.`
  if (admin === 'drain') tell(asked, 'WARNING', `${title} enters drain state. ${left}`)
  else if (wasUp) tell(asked, 'WARNING', `${title} is going DOWN for maintenance. ${left}`)
  else tell(asked, 'WARNING', `${title} was DOWN and now enters maintenance.`)
  if (wasUp && live === 0) tell(asked, 'ALERT', `backend '${section.name}' has no server available!`)
}

const comeBack = (asked: AskedProxy, found: Found): void => {
  const { section, server } = found
  const before = settingOf(asked.state, section, server).admin
  if (before === undefined) return
  keep(asked, found, { admin: undefined })
  const known = stateOfServer(asked.state, section, server)
  if (before === 'maint' && known !== undefined)
    Object.assign(known, { isUp: true, streak: server.fall - 1, changedMs: asked.world.nowMs })
  const way = before === 'maint' ? 'leaving forced maintenance' : 'leaving forced drain'
  tell(asked, 'WARNING', `Server ${section.name}/${server.name} is UP/READY (${way}).`)
}

const setState = (asked: AskedProxy, found: Found, state: string | undefined): string => {
  if (state === 'maint' || state === 'drain') {
    if (settingOf(asked.state, found.section, found.server).admin !== state) leave(asked, found, state)
  } else if (state === 'ready') comeBack(asked, found)
  else return "'set server <srv> state' expects 'ready', 'drain' and 'maint'.\n\n"
  return '\n'
}

const MOST_WEIGHT = 256

const setWeight = (asked: AskedProxy, found: Found, text = ''): string => {
  if (!/^\d+%?$/.test(text)) return 'Require <weight> or <weight%>.\n\n'
  const weight = text.endsWith('%') ? Math.ceil(Number.parseInt(text, 10) / 100) : Number(text)
  if (weight > MOST_WEIGHT) return 'Absolute weight can only be between 0 and 256 inclusive.\n\n'
  keep(asked, found, { weight })
  return '\n'
}

const setAddress = (asked: AskedProxy, found: Found, words: readonly string[]): string => {
  const [address = '', word, port] = words
  const { server } = found
  if (!/^\d+(\.\d+){3}$/.test(address)) return 'Invalid addr family or address.\n\n'
  const number = word === 'port' && port !== undefined ? Number(port) : server.port
  const parts = [
    address === server.address
      ? 'no need to change the addr'
      : `IP changed from '${server.address}' to '${address}'`,
    ...(word !== 'port'
      ? []
      : [
          number === server.port
            ? 'no need to change the port'
            : `port changed from '${server.port}' to '${number}'`,
        ]),
  ]
  keep(asked, found, { address, port: number })
  const isChanged = address !== server.address || number !== server.port
  return `${parts.join(', ')}${isChanged ? " by 'stats socket command'" : ''}\n\n`
}

const usage =
  'usage: set server <backend>/<server> addr|agent|agent-addr|agent-port|agent-send|check-addr|check-port|fqdn|health|ssl|state|weight\n\n'

/** Does what a command of the socket wants of a server; `undefined` where it is no such command. */
export const changeServer = (asked: AskedProxy, words: readonly string[]): string | undefined => {
  const [verb, noun, name = '', what, ...values] = words
  const isChange =
    (noun === 'server' && /^(set|enable|disable)$/.test(verb ?? '')) ||
    (noun === 'weight' && /^(set|get)$/.test(verb ?? ''))
  if (!isChange) return undefined
  const found = find(asked, name)
  if (typeof found === 'string') return found
  const { section, server } = found
  if (verb === 'enable') return setState(asked, found, 'ready')
  if (verb === 'disable') return setState(asked, found, 'maint')
  if (verb === 'get') return `${settingOf(asked.state, section, server).weight ?? 1} (initial 1)\n\n`
  if (noun === 'weight') return setWeight(asked, found, what)
  if (what === 'state') return setState(asked, found, values[0])
  if (what === 'weight') return setWeight(asked, found, values[0])
  return what === 'addr' ? setAddress(asked, found, values) : usage
}
