import type { Sandbox } from '../world/container.ts'
import type { Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'

/** A network stack with an address: a machine's own, or that of a pod on it. */
export type Station = { readonly host: Machine; readonly sandbox: Sandbox | undefined }

const podIn = (machine: Machine | undefined, address: string): Sandbox | undefined =>
  machine?.runtime?.sandboxes.find(
    candidate => candidate.address === address && !candidate.isHostNetwork && candidate.state === 'ready',
  )

/** The pod that has an address of its own, with the machine that it runs on. */
export const podAt = (world: World, address: string): Station | undefined => {
  for (const host of world.machines.values()) {
    const sandbox = podIn(host, address) ?? podIn(host.planet, address)
    if (sandbox !== undefined) return { host, sandbox }
  }
  return undefined
}

/** The stack that a machine, Planet's inside or a container's inside sends from. */
export const stationOf = (world: World, from: Machine): Station => {
  for (const host of world.machines.values())
    if (host === from || host.planet === from) return { host, sandbox: undefined }
  const addresses = from.interfaces.filter(i => i.kind !== 'loopback').flatMap(i => i.addresses)
  for (const address of addresses) {
    const pod = podAt(world, address.split('/')[0] ?? '')
    if (pod !== undefined) return pod
  }
  const host = [...world.machines.values()].find(machine => machine.interfaces === from.interfaces)
  return { host: host ?? from, sandbox: undefined }
}
