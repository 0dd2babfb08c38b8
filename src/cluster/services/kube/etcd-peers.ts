import type { Service } from '../service.ts'
import { memberOf } from './etcd-complaints.ts'

/** A member of etcd holds to each of the others a stream of messages and one of entries. */
export const dialPeers: NonNullable<Service['dials']> = (world, self) => {
  const own = memberOf(world, self)
  return world.etcd.members.flatMap(member => {
    const [, host, port] = /\/\/([^:/]+):(\d+)/.exec(member.peerUrl) ?? []
    if (own === undefined || member === own || host === undefined) return []
    return Array.from({ length: 2 }, () => ({ host, port: Number(port) }))
  })
}
