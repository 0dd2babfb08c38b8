import { serviceOf } from '../services/services.ts'
import type { Container, Sandbox } from '../world/container.ts'
import type { FreeProcess, Listener, Machine } from '../world/machine.ts'
import type { Unit } from '../world/unit.ts'
import type { World } from '../world/world.ts'
import { childOf } from './child-process.ts'
import { childrenOf } from './container-children.ts'
import { nameOf } from './process.ts'

/** A socket that waits for connections, with who holds it. */
export type HeldListener = {
  readonly listener: Listener
  readonly pid: number
  /** The program's name as `ss -p` shows it. */
  readonly name: string
  readonly unit: Unit | undefined
  readonly container: Container | undefined
  /** The pod and port that it leads to. */
  readonly forward?: NonNullable<FreeProcess['forwards']>[number] | undefined
  readonly proxies?: FreeProcess['proxies']
}

const programName = (command: string): string => {
  const end = command.indexOf(' ')
  const program = end === -1 ? command : command.slice(0, end)
  return program.slice(program.lastIndexOf('/') + 1).slice(0, 15)
}

/** Who of a unit's processes holds a port: a worker all of them, another child those of its own. */
const holderOf = (unit: Unit, { port }: Listener): { readonly pid: number; readonly name: string } => {
  const child = childOf(unit)
  if (child?.ports?.includes(port) === true) return { pid: child.pid, name: nameOf(child.command) }
  return { pid: child?.listens === true ? child.pid : unit.mainPid, name: nameOf(unit.execStart) }
}

const ofUnits = (world: World, machine: Machine): readonly HeldListener[] =>
  [...machine.units.values()]
    .filter(({ mainPid, active }) => mainPid !== 0 && (active === 'active' || active === 'activating'))
    .flatMap(unit =>
      (serviceOf(unit.service).listens?.(world, { machine, unit, container: undefined }) ?? []).map(
        listener => ({
          listener,
          ...holderOf(unit, listener),
          unit,
          container: undefined,
        }),
      ),
    )

const isHostNetwork = (sandbox: Sandbox): boolean => sandbox.isHostNetwork

/** Who holds a socket of a container: its main process, or the one below it that does the work. */
const holderIn = (
  container: Container,
  { port }: Listener,
): { readonly pid: number; readonly name: string } => {
  const { command, name, pid } = container
  const children = childrenOf(container)
  const child = children.find(({ ports }) => ports.includes(port)) ?? children.find(({ works }) => works)
  return child === undefined
    ? { pid, name: programName(command[0] ?? '') || name }
    : { pid: child.pid, name: programName(child.command) }
}

const ofContainers = (
  world: World,
  machine: Machine,
  isWanted: (sandbox: Sandbox) => boolean,
): readonly HeldListener[] => {
  const { runtime } = machine
  const wanted = new Set(runtime?.sandboxes.filter(isWanted).map(({ id }) => id))
  return (runtime?.containers ?? [])
    .filter(({ state, sandboxId }) => state === 'running' && wanted.has(sandboxId))
    .flatMap(container =>
      (serviceOf(container.service).listens?.(world, { machine, unit: undefined, container }) ?? []).map(
        listener => ({
          listener,
          ...holderIn(container, listener),
          unit: undefined,
          container,
        }),
      ),
    )
}

const ofFreeProcesses = ({ processes }: Machine): readonly HeldListener[] =>
  processes.flatMap(({ pid, command, listens, forwards, proxies }) =>
    listens.map(listener => ({
      listener,
      pid,
      name: programName(command),
      unit: undefined,
      container: undefined,
      forward: forwards?.find(({ port }) => port === listener.port),
      proxies,
    })),
  )

/** The kernel's own sockets of VXLAN devices: no process holds them. */
const ofTunnels = ({ interfaces }: Machine): readonly HeldListener[] =>
  interfaces.flatMap(({ vxlan, isUp }) =>
    vxlan === undefined || !isUp
      ? []
      : [
          {
            listener: { protocol: 'udp' as const, address: '0.0.0.0', port: vxlan.port },
            pid: 0,
            name: '',
            unit: undefined,
            container: undefined,
          },
        ],
  )

/**
 * The ports that are listened on in a machine's own network: by units, by containers that share it, and by free processes. Those of
 * pods with an address of their own are not among them.
 */
export const listenersOf = (world: World, machine: Machine): readonly HeldListener[] =>
  machine.isPowered
    ? [
        ...ofPrograms(world, machine),
        ...ofTunnels(machine),
        ...(machine.planet?.isPowered === true ? ofPrograms(world, machine.planet) : []),
      ]
    : []

const ofPrograms = (world: World, machine: Machine): readonly HeldListener[] => [
  ...ofUnits(world, machine),
  ...ofContainers(world, machine, isHostNetwork),
  ...ofFreeProcesses(machine),
]

/** The ports that a pod's containers listen on in the network of their own; `machine` is where it runs. */
export const podListenersOf = (world: World, machine: Machine, sandboxId: string): readonly HeldListener[] =>
  [machine, machine.planet].flatMap(carrier =>
    carrier === undefined ? [] : ofContainers(world, carrier, sandbox => sandbox.id === sandboxId),
  )
