import type { Machine } from '../../world/machine.ts'
import type { World } from '../../world/world.ts'
import { mainAddressOf } from '../find-machine.ts'
import { type Ends, handshakeOf, refusalOf, synOf } from '../packets.ts'
import { proxyStateOf, sectionsOf, settingOf, stateOfServer } from './proxy-state.ts'
import type { BackendServer } from './read-settings.ts'

/** What one check sends and gets: a SYN, and where the port answers a handshake and its end, else a reset or nothing. */
const packetsOf = (ends: Ends, check: string): readonly string[] => {
  if (check === 'L4TOUT') return [synOf(ends)]
  if (check === 'L4CON') return [synOf(ends), refusalOf(ends)]
  return [...handshakeOf(ends), `IP ${ends.from} > ${ends.to}: Flags [R.], seq 1, ack 1, win 502, length 0`]
}

const FIRST_PORT = 32_768
const PORTS = 28_000

/** Whether a server is asked within the second that ends now. */
const isAsked = (world: World, { intervalMs }: BackendServer, place: number): boolean =>
  Math.floor(world.nowMs / 1_000 + place) % Math.max(1, Math.round(intervalMs / 1_000)) === 0

/** The packets of the checks that HAProxys make within a second, as a machine sees them that sends or gets them. */
export const checksAt = (world: World, host: Machine): readonly string[] =>
  Object.keys(world.platforms.proxies).flatMap(name => {
    const machine = world.machines.get(name)
    const state = machine && proxyStateOf(world, machine)
    if (machine === undefined || state === undefined) return []
    return sectionsOf(state).flatMap(section =>
      section.servers.flatMap((server, place) => {
        const isMaintained = settingOf(state, section, server).admin === 'maint'
        const isSeen = machine === host || mainAddressOf(host) === server.address
        if (!server.isChecked || isMaintained || !isSeen || !isAsked(world, server, place)) return []
        const port = FIRST_PORT + ((Math.floor(world.nowMs / 1_000) * 211 + place * 37) % PORTS)
        const ends = {
          from: `${mainAddressOf(machine)}.${port}`,
          to: `${server.address}.${server.port}`,
          sequence: 1_000_000_000 + port * 31_337,
        }
        return packetsOf(ends, stateOfServer(state, section, server)?.check ?? 'L4OK')
      }),
    )
  })
