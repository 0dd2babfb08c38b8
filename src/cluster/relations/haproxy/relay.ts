import type { ProxyState } from '../../world/platforms.ts'
import type { World } from '../../world/world.ts'
import { type Connection, connect } from '../connect.ts'
import { liveServers, proxyStateOf, sectionsOf } from './proxy-state.ts'
import type { BackendServer, ProxySection } from './read-settings.ts'

/** The section whose servers get what comes to a section; `undefined` where its settings name one that is not there. */
export const backendOf = (state: ProxyState, section: ProxySection): ProxySection | undefined =>
  section.defaultBackend === undefined
    ? section
    : sectionsOf(state).find(one => one.name === section.defaultBackend && one.kind !== 'frontend')

/** The server whose turn it is among those that are up. */
export const serverInTurn = (
  world: World,
  state: ProxyState,
  backend: ProxySection | undefined,
): BackendServer | undefined => {
  const live = backend === undefined ? [] : liveServers(state, backend)
  return live[Math.floor(world.nowMs / 1_000) % Math.max(1, live.length)]
}

/**
 * Where a connection ends that HAProxy hands on byte by byte, as it does in the mode `tcp`; one that it takes itself, or another program,
 * ends where it is. Without a server that is up HAProxy closes what it has accepted: `refused`.
 */
export const behindRelay = (world: World, connection: Connection): Connection => {
  if (connection.kind !== 'open' || connection.held?.unit?.service !== 'haproxy') return connection
  const { machine, port } = connection
  const state = machine && proxyStateOf(world, machine)
  const section = state && sectionsOf(state).find(({ binds }) => binds.some(bind => bind.port === port))
  if (machine === undefined || state === undefined || section?.mode !== 'tcp') return connection
  if (section.binds.some(bind => bind.port === port && bind.certificate !== undefined)) return connection
  const server = serverInTurn(world, state, backendOf(state, section))
  if (server === undefined) return { kind: 'refused' }
  return connect(world, { from: machine, address: server.address, port: server.port, protocol: 'tcp' })
}
