import type { Sandbox } from '../world/container.ts'
import type { Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'

/** A network stack with an address: a machine's own, or that of a pod on it. */
export type Station = { readonly host: Machine; readonly sandbox: Sandbox | undefined }

/** The machines whose runtime can hold a pod, with the machine that carries their network. */
const carriers = (world: World): readonly (readonly [Machine, Machine])[] =>
  [...world.machines.values()].flatMap(host => [
    [host, host] as const,
    ...(host.planet === undefined ? [] : [[host.planet, host] as const]),
  ])

/** The pod that has an address of its own, with the machine that it runs on. */
export const podAt = (world: World, address: string): Station | undefined => {
  for (const [machine, host] of carriers(world)) {
    const sandbox = machine.runtime?.sandboxes.find(
      candidate => candidate.address === address && !candidate.isHostNetwork && candidate.state === 'ready',
    )
    if (sandbox !== undefined) return { host, sandbox }
  }
  return undefined
}

/** The stack that a machine, Planet's inside or a container's inside sends from. */
export const stationOf = (world: World, from: Machine): Station => {
  for (const [machine, host] of carriers(world))
    if (machine === from || host === from) return { host, sandbox: undefined }
  const addresses = from.interfaces.filter(i => i.kind !== 'loopback').flatMap(i => i.addresses)
  for (const address of addresses) {
    const pod = podAt(world, address.split('/')[0] ?? '')
    if (pod !== undefined) return pod
  }
  const host = [...world.machines.values()].find(machine => machine.interfaces === from.interfaces)
  return { host: host ?? from, sandbox: undefined }
}
