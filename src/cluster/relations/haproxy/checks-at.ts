import type { Machine } from '../../world/machine.ts'
import type { World } from '../../world/world.ts'
import { mainAddressOf } from '../find-machine.ts'
import { proxyStateOf, sectionsOf, settingOf, stateOfServer } from './proxy-state.ts'
import type { BackendServer } from './read-settings.ts'

type Ends = { readonly from: string; readonly to: string; readonly sequence: number }

/** What one check sends and gets: a SYN, and where the port answers a handshake and its end, else a reset or nothing. */
const packetsOf = ({ from, to, sequence }: Ends, check: string): readonly string[] => {
  const syn = `IP ${from} > ${to}: Flags [S], seq ${sequence}, win 64240, options [mss 1460,sackOK,TS val 811 ecr 0,nop,wscale 7], length 0`
  if (check === 'L4TOUT') return [syn]
  if (check === 'L4CON')
    return [syn, `IP ${to} > ${from}: Flags [R.], seq 0, ack ${sequence + 1}, win 0, length 0`]
  return [
    syn,
    `IP ${to} > ${from}: Flags [S.], seq ${sequence ^ 0x55555}, ack ${sequence + 1}, win 65160, options [mss 1460,sackOK,TS val 911 ecr 811,nop,wscale 7], length 0`,
    `IP ${from} > ${to}: Flags [.], ack 1, win 502, length 0`,
    `IP ${from} > ${to}: Flags [R.], seq 1, ack 1, win 502, length 0`,
  ]
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
