import { remembering } from '../../kube/remember.ts'
import type { Machine } from '../../world/machine.ts'
import type { ProxyServer, ProxyState, ServerSetting } from '../../world/platforms.ts'
import type { Unit } from '../../world/unit.ts'
import type { World } from '../../world/world.ts'
import { type BackendServer, type ProxySection, readProxySettings } from './read-settings.ts'

/** The settings that HAProxy reads unless told otherwise. */
export const PROXY_SETTINGS = '/etc/haproxy/haproxy.cfg'

/** Where its main process writes its number. */
export const PID_FILE = '/run/haproxy.pid'

/** The unit whose process is HAProxy. */
export const proxyUnitOf = (machine: Machine): Unit | undefined =>
  [...machine.units.values()].find(unit => unit.service === 'haproxy')

/** The path of the settings on a unit's command line. */
export const settingsPathOf = (unit: Unit): string =>
  /\s-f\s*(\S+)/.exec(unit.execStart)?.[1] ?? PROXY_SETTINGS

/** What an HAProxy that runs has read and found; `undefined` where none runs. */
export const proxyStateOf = (world: World, machine: Machine): ProxyState | undefined =>
  proxyUnitOf(machine)?.active === 'active' ? world.platforms.proxies[machine.name] : undefined

const read = remembering(text => readProxySettings(text, PROXY_SETTINGS).sections)

const asSet = (section: ProxySection, set: NonNullable<ProxyState['set']>): ProxySection => ({
  ...section,
  servers: section.servers.map(server => {
    const { address = server.address, port = server.port } = set[serverKey(section, server)] ?? {}
    return { ...server, address, port }
  }),
})

/** The sections that an HAProxy works by: as they were when it read them, with the addresses that were set through its socket. */
export const sectionsOf = ({ settings, set }: ProxyState): readonly ProxySection[] =>
  set === undefined ? read(settings) : read(settings).map(section => asSet(section, set))

/** The text of the section `global`. */
export const globalText = (settings: string): string =>
  /^global\b[^\n]*\n((?:[ \t]+.*\n|\s*\n|#.*\n)*)/m.exec(settings)?.[1] ?? ''

/** The most connections that the settings of the whole process allow. */
export const mostConnections = (settings: string): number =>
  Number(/^\s*maxconn\s+(\d+)/m.exec(globalText(settings))?.[1] ?? 4_000)

/** The key of a server among the checked ones. */
export const serverKey = (section: ProxySection, server: BackendServer): string =>
  `${section.name}/${server.name}`

/** What was set of a server through the socket. */
export const settingOf = ({ set }: ProxyState, section: ProxySection, server: BackendServer): ServerSetting =>
  set?.[serverKey(section, server)] ?? {}

/** Whether requests may go to a server: one without checks counts as up, one in maintenance or drained does not. */
export const isServerUp = (state: ProxyState, section: ProxySection, server: BackendServer): boolean =>
  settingOf(state, section, server).admin === undefined &&
  (!server.isChecked || stateOfServer(state, section, server)?.isUp !== false)

/** What the checks found of a server. */
export const stateOfServer = (
  { servers }: ProxyState,
  section: ProxySection,
  server: BackendServer,
): ProxyServer | undefined => servers[serverKey(section, server)]

/** The servers of a section that requests may go to. */
export const liveServers = (state: ProxyState, section: ProxySection): readonly BackendServer[] =>
  section.servers.filter(server => isServerUp(state, section, server))
