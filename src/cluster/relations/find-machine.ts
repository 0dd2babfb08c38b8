import type { Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'

/** The addresses of a machine's interfaces, without prefix lengths and without loopback. */
export const addressesOf = (machine: Machine): readonly string[] =>
  machine.interfaces
    .filter(i => i.kind !== 'loopback')
    .flatMap(i => i.addresses.map(address => address.split('/')[0] ?? ''))

/** Whether an address is one of a machine's own, loopback aside. */
export const hasAddress = (machine: Machine, address: string): boolean =>
  machine.interfaces.some(
    i => i.kind !== 'loopback' && i.addresses.some(own => own === address || own.startsWith(`${address}/`)),
  )

/** The address by which other machines know a machine: the first of its first ethernet interface; where it has none left, that which it had. */
export const mainAddressOf = (machine: Machine): string =>
  machine.interfaces.find(i => i.kind === 'ethernet')?.addresses[0]?.split('/')[0] ??
  machine.siteAddress ??
  '127.0.0.1'

/** The machine with a host name or an address. */
export const findMachine = (world: World, nameOrAddress: string): Machine | undefined =>
  world.machines.get(nameOrAddress) ??
  [...world.machines.values()].find(
    machine => hasAddress(machine, nameOrAddress) || nameOrAddress === `${machine.name}.example.internal`,
  )

/** The host name of the machine that a place means: a handle, a host name, an address; otherwise the home machine. */
export const machineNameOf = (world: World, place: string): string =>
  findMachine(world, world.handles[place] ?? place)?.name ?? world.home
