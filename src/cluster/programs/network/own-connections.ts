import { isLoopback } from '../../network/addresses.ts'
import { type Established, establishedOf } from '../../network/established.ts'
import { hasAddress, mainAddressOf } from '../../relations/find-machine.ts'
import { loginAddressOf } from '../../relations/login-address.ts'
import type { Call } from '../../shell/program.ts'
import { ownProcesses } from '../process/own-processes.ts'

const PEER_PORT = 52_114

/** The connection by which the person who asks has come to the machine; there is none on their own workstation. */
export const ownLogin = (call: Call): readonly Established[] => {
  const { world, host, container } = call
  const peerAddress = loginAddressOf(world)
  const localAddress = mainAddressOf(host)
  if (container !== undefined || peerAddress === localAddress) return []
  const shell = ownProcesses(call, call.name).find(({ name }) => name === 'sshd')
  if (shell === undefined) return []
  const { pid, name } = shell
  return [
    {
      state: 'ESTAB',
      localAddress,
      localPort: 22,
      peerAddress,
      peerPort: PEER_PORT,
      name,
      pid,
      opener: 'peer',
    },
  ]
}

/** The connections of the machine that a command runs on, with the one that the person came by. */
export const connectionsAt = (call: Call): readonly Established[] => [
  ...ownLogin(call),
  ...establishedOf(call.world, call.host),
]

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
