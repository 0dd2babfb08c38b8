import { kubeletUnitOf } from '../relations/cluster-hosts.ts'
import { type Connection, connect } from '../relations/connect.ts'
import { hasAddress, mainAddressOf } from '../relations/find-machine.ts'
import { heldWay } from '../relations/held-way.ts'
import { inStep } from '../relations/in-step.ts'
import { insideOf } from '../relations/inside.ts'
import { serversIn } from '../relations/kubeconfig.ts'
import { kubeletConfigPath } from '../relations/kubelet-settings.ts'
import { loginsOf } from '../relations/logins.ts'
import { type Process, processesOf } from '../relations/processes.ts'
import { NFS_PORT, nfsServersOf } from '../relations/remote-mounts.ts'
import { resolveName } from '../relations/resolve-name.ts'
import { sshdPorts } from '../relations/sshd-settings.ts'
import { unitOf } from '../relations/unit-of.ts'
import { serviceOf } from '../services/services.ts'
import type { Container } from '../world/container.ts'
import type { Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import { isLoopback } from './addresses.ts'
import { masquerades } from './masquerade.ts'

/** A TCP connection of a machine as ss shows it; the kernel's own have no process: pid 0. */
export type Established = {
  readonly state: 'ESTAB' | 'SYN-SENT' | 'TIME-WAIT'
  readonly localAddress: string
  readonly localPort: number
  readonly peerAddress: string
  readonly peerPort: number
  readonly name: string
  readonly pid: number
  /** Whether it came to a socket of IPv6 that takes IPv4 too: tools then show its addresses as mapped. */
  readonly isMapped?: boolean
  /** Who answers behind a service's address, for a connection that it opened to one. */
  readonly behind?: { readonly address: string; readonly port: number }
  /** Which end opened it. */
  readonly opener: 'this' | 'peer'
}

type Open = Extract<Connection, { kind: 'open' }>

/** A connection with what it reaches: `undefined` while nobody answers. */
type Outgoing = {
  readonly socket: Established
  readonly reached: Open | undefined
  /** Set for one that a pod holds in its own network: as whom it is seen beyond its machine. */
  readonly seenAs?: End
}

type End = { readonly address: string; readonly port: number }

type Target = { readonly host: string; readonly port: number }

/** Who dials: a process, or the kernel. `salt` tells one of its connections to a target from the others. */
type Dialer = {
  readonly pid: number
  readonly name: string
  readonly startedMs: number | undefined
  readonly salt: number
}

const FIRST_PORT = 32_768
const PORTS = 28_000
/** The kernel's own connections to servers of files come from a port below 1024. */
const KERNEL_PORT = 700

/** A port from the ephemeral range that stays the same for one process and peer. */
const ephemeralPort = ({ pid, salt }: Dialer, peerPort: number): number =>
  pid === 0
    ? KERNEL_PORT + ((salt * 37) % 300)
    : FIRST_PORT + ((pid * 7919 + peerPort * 31 + salt * 211) % PORTS)

const dial = (
  world: World,
  machine: Machine,
  { dialer, target }: { dialer: Dialer; target: Target },
): readonly Outgoing[] => {
  const { pid, name, startedMs: heldSinceMs } = dialer
  const resolved = resolveName(world, machine, target.host)
  const way = resolved.kind === 'found' ? resolved : heldWay(machine, target.host, heldSinceMs)
  if (way === undefined) return []
  const { address } = way
  const { port } = target
  const from = { from: machine, address, port, protocol: 'tcp', heldSinceMs } as const
  // What it has it keeps; only where that answers no more it has found another.
  const kept = connect(world, { ...from, pick: pid + dialer.salt })
  const reached = kept.kind === 'open' ? kept : connect(world, from)
  if (reached.kind !== 'open' && reached.kind !== 'timeout') return []
  const isOpen = reached.kind === 'open'
  const socket: Established = {
    state: isOpen ? 'ESTAB' : 'SYN-SENT',
    localAddress: isLoopback(address) ? address : mainAddressOf(machine),
    localPort: ephemeralPort(dialer, port),
    peerAddress: address,
    peerPort: port,
    name,
    pid,
    opener: 'this',
    ...(isOpen && reached.address !== address
      ? { behind: { address: reached.address, port: reached.port } }
      : {}),
  }
  return [{ socket, reached: isOpen ? reached : undefined }]
}

/** The address that a container has in a network of its pod's own; `undefined` where it is in its machine's. */
const podAddressOf = ({ runtime }: Machine, { sandboxId }: Container): string | undefined => {
  const sandbox = runtime?.sandboxes.find(({ id }) => id === sandboxId)
  return sandbox?.isHostNetwork === true ? undefined : (sandbox?.address ?? '')
}

/** How many connections a program that asks the API server without pause keeps open. */
const MOST_CALLERS = 4

const callersTargets = (machine: Machine, { pid, threads }: Process): readonly Target[] => {
  const calls = machine.processes.find(process => process.pid === pid)?.apiCallsPerSecond ?? 0
  const unit = kubeletUnitOf(machine)
  if (calls === 0 || unit === undefined) return []
  return serversIn(machine, kubeletConfigPath(unit), unit).flatMap(server =>
    Array.from({ length: Math.min(MOST_CALLERS, threads) }, () => server),
  )
}

/** Whose unit or container a process is: its machine's, or those of the Planet on it. */
const carrierOf = (machine: Machine, { unit, container }: Pick<Process, 'unit' | 'container'>): Machine => {
  const { planet } = machine
  const isInside =
    (unit !== undefined && planet?.units.get(unit.name) === unit) ||
    (container !== undefined && planet?.runtime?.containers.includes(container) === true)
  return isInside && planet !== undefined ? planet : machine
}

const targetsOf = (world: World, machine: Machine, process: Process): readonly Target[] => {
  if (process.kind === 'free') return callersTargets(machine, process)
  const running = process.unit ?? process.container
  if (running === undefined || (process.kind !== 'unit' && process.kind !== 'container')) return []
  const carrier = carrierOf(machine, process)
  const self = { machine: carrier, unit: process.unit, container: process.container }
  return serviceOf(running.service).dials?.(world, self) ?? []
}

const MASK_STEP = 7_919

/** A connection of a pod as its machine sends it on: with its own address and another port where it masquerades. */
const fromPod = (machine: Machine, { socket, reached }: Outgoing, address: string): Outgoing => {
  const { localPort: port } = socket
  const end = reached ?? { address: socket.peerAddress, port: socket.peerPort }
  const packet = { protocol: 'tcp', source: address, destination: end.address, port: end.port } as const
  const isHidden =
    !hasAddress(machine, end.address) &&
    masquerades(machine, { ...packet, inInterface: '', outInterface: '' })
  const masked = { address: mainAddressOf(machine), port: FIRST_PORT + ((port * MASK_STEP) % PORTS) }
  return {
    socket: { ...socket, localAddress: address },
    reached,
    seenAs: isHidden ? masked : { address, port },
  }
}

const findOutgoing = (world: World, machine: Machine): readonly Outgoing[] => [
  ...processesOf(world, machine).flatMap(process =>
    targetsOf(world, machine, process).flatMap((target, salt) => {
      const { container } = process
      const startedMs = (process.unit ?? container)?.startedMs
      const dialer = { pid: process.pid, name: process.name, startedMs, salt }
      const carrier = carrierOf(machine, process)
      const address = container === undefined ? undefined : podAddressOf(carrier, container)
      if (container === undefined || address === undefined) return dial(world, carrier, { dialer, target })
      const inside = insideOf(world, carrier, container)
      return dial(world, inside, { dialer, target }).map(one => fromPod(machine, one, address))
    }),
  ),
  ...nfsServersOf(world, machine).flatMap((host, salt) =>
    dial(world, machine, {
      dialer: { pid: 0, name: '', startedMs: machine.bootedMs, salt },
      target: { host, port: NFS_PORT },
    }),
  ),
]

const outgoingOf = (world: World, machine: Machine): readonly Outgoing[] =>
  inStep(world, `outgoing/${machine.name}`, () => findOutgoing(world, machine))

const incomingOf = (world: World, machine: Machine): readonly Established[] =>
  [...world.machines.values()]
    .filter(({ isPowered }) => isPowered)
    .flatMap(other => outgoingOf(world, other))
    .flatMap(({ socket, reached, seenAs }) => {
      const held = reached?.machine === machine ? reached.held : undefined
      if (reached === undefined || held === undefined) return []
      const { container } = held
      if (container !== undefined && podAddressOf(carrierOf(machine, held), container) !== undefined)
        return []
      return [
        {
          state: 'ESTAB' as const,
          localAddress: reached.address,
          localPort: reached.port,
          peerAddress: seenAs?.address ?? socket.localAddress,
          peerPort: seenAs?.port ?? socket.localPort,
          name: held.name,
          pid: held.pid,
          isMapped: held.listener.address === '*',
          opener: 'peer' as const,
        },
      ]
    })

/** What people and the programs of others have come to a machine by, and what its own ssh holds. */
const loginsAt = (world: World, machine: Machine): readonly Established[] =>
  [...world.machines.values()].flatMap(server =>
    loginsOf(server).flatMap(({ from, port, pid, client }) => {
      const serverEnd = {
        address: mainAddressOf(server),
        port: sshdPorts(server, unitOf(server, 'sshd'))[0] ?? 22,
      }
      const clientEnd = { address: from, port }
      const between = (own: typeof clientEnd, peer: typeof clientEnd) => ({
        state: 'ESTAB' as const,
        localAddress: own.address,
        localPort: own.port,
        peerAddress: peer.address,
        peerPort: peer.port,
      })
      return [
        ...(server === machine
          ? [{ ...between(serverEnd, clientEnd), name: 'sshd', pid, opener: 'peer' as const }]
          : []),
        ...(client?.machine === machine.name
          ? [{ ...between(clientEnd, serverEnd), name: 'ssh', pid: client.pid, opener: 'this' as const }]
          : []),
      ]
    }),
  )

/** The connections of a machine: those that its services hold, or try for as long as nobody answers, and those that others hold to it. */
export const establishedOf = (world: World, machine: Machine): readonly Established[] => [
  ...outgoingOf(world, machine).flatMap(({ socket, seenAs }) => (seenAs === undefined ? [socket] : [])),
  ...incomingOf(world, machine),
  ...loginsAt(world, machine),
]

/** A connection that a pod of a machine holds, and as whom the machine sends it on. */
export type PodConnection = { readonly socket: Established; readonly seenAs: End }

/** The connections that the pods of a machine hold in their own networks. */
export const podConnectionsOf = (world: World, machine: Machine): readonly PodConnection[] =>
  outgoingOf(world, machine).flatMap(({ socket, seenAs }) =>
    seenAs === undefined ? [] : [{ socket, seenAs }],
  )
