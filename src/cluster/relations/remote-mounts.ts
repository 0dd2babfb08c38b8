import type { Filesystem, Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import { connect } from './connect.ts'
import { findMachine, mainAddressOf } from './find-machine.ts'

/** Where servers of NFS listen. */
export const NFS_PORT = 2049

/** The server of a network filesystem by the name in its device: `nfs.example.internal:/export`. */
const serverAddress = (world: World, name: string): string => {
  const outside = world.fabric.outside.find(({ names, address }) => names.includes(name) || address === name)
  const inside = findMachine(world, name)
  return outside?.address ?? (inside === undefined ? name : mainAddressOf(inside))
}

/** The addresses of the servers from which a machine has filesystems mounted by NFS, each once: the kernel has one connection to it. */
export const nfsServersOf = (world: World, { filesystems }: Machine): readonly string[] => [
  ...new Set(
    filesystems
      .filter(({ type }) => type.startsWith('nfs'))
      .map(({ device }) => serverAddress(world, device.split(':')[0] ?? '')),
  ),
]

/** Whether what touches a filesystem waits for good: it is mounted over the network and its server does not answer. */
export const hangsOn = (world: World, machine: Machine, { type, device, error }: Filesystem): boolean => {
  if (!type.startsWith('nfs') || error !== undefined) return false
  const address = serverAddress(world, device.split(':')[0] ?? '')
  return connect(world, { from: machine, address, port: NFS_PORT, protocol: 'tcp' }).kind !== 'open'
}
