import { isLoopback } from '../../network/addresses.ts'
import type { Established } from '../../network/established.ts'
import { hasAddress } from '../../relations/find-machine.ts'
import type { Call } from '../../shell/program.ts'

const WAITS_MS = 60_000

/** The ends of connections that the machine itself closed a moment ago. */
export const waitingAt = ({ world, host }: Call): readonly Established[] =>
  (world.fabric.flows ?? []).flatMap(({ atMs, protocol, fate, legs: [leg] }) => {
    if (protocol !== 'tcp' || fate !== 'closed' || world.nowMs - atMs >= WAITS_MS) return []
    if (leg?.machine !== host.name) return []
    const { source, destination } = leg
    if (!isLoopback(source.address) && !hasAddress(host, source.address)) return []
    return [
      {
        state: 'TIME-WAIT' as const,
        localAddress: source.address,
        localPort: source.port,
        peerAddress: destination.address,
        peerPort: destination.port,
        name: '',
        pid: 0,
        opener: 'this' as const,
      },
    ]
  })
