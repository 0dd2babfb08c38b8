import { type Established, establishedOf } from '../../network/established.ts'
import { mainAddressOf } from '../../relations/find-machine.ts'
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
