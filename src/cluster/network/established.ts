import { connect } from '../relations/connect.ts'
import { mainAddressOf } from '../relations/find-machine.ts'
import { processesOf } from '../relations/processes.ts'
import { resolveName } from '../relations/resolve-name.ts'
import { serviceOf } from '../services/services.ts'
import type { Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'

/** A TCP connection of a machine as ss shows it. */
export type Established = {
  readonly state: 'ESTAB' | 'SYN-SENT'
  readonly localAddress: string
  readonly localPort: number
  readonly peerAddress: string
  readonly peerPort: number
  readonly name: string
  readonly pid: number
}

const FIRST_PORT = 32_768
const PORTS = 28_000

/** A port from the ephemeral range that stays the same for one process and peer. */
const ephemeralPort = (pid: number, peerPort: number): number =>
  FIRST_PORT + ((pid * 7919 + peerPort * 31) % PORTS)

/** The outgoing connections that a machine's services hold, or try for as long as nobody answers. */
export const establishedOf = (world: World, machine: Machine): readonly Established[] => {
  const localAddress = mainAddressOf(machine)
  return processesOf(world, machine).flatMap(process => {
    const running = process.unit ?? process.container
    if (running === undefined || (process.kind !== 'unit' && process.kind !== 'container')) return []
    const self = { machine, unit: process.unit, container: process.container }
    return (serviceOf(running.service).dials?.(world, self) ?? []).flatMap(({ host, port }) => {
      const resolved = resolveName(world, machine, host)
      if (resolved.kind !== 'found') return []
      const reached = connect(world, {
        from: machine,
        address: resolved.address,
        port,
        protocol: 'tcp',
        heldSinceMs: running.startedMs,
      })
      if (reached.kind !== 'open' && reached.kind !== 'timeout') return []
      const state = reached.kind === 'open' ? ('ESTAB' as const) : ('SYN-SENT' as const)
      const peer = { peerAddress: resolved.address, peerPort: port }
      return [
        {
          state,
          localAddress,
          localPort: ephemeralPort(process.pid, port),
          ...peer,
          name: process.name,
          pid: process.pid,
        },
      ]
    })
  })
}
