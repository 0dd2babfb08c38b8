import type { Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import { connect } from './connect.ts'
import { resolveName } from './resolve-name.ts'
import { releaseOf } from './userland.ts'

/** What a server says first to whoever connects, before it is asked anything; empty for those that wait. */
export const bannerAt = (
  world: World,
  from: Machine,
  { host, port }: { readonly host: string; readonly port: string },
): string => {
  const resolved = resolveName(world, from, host)
  if (resolved.kind !== 'found') return ''
  const { address } = resolved
  const reached = connect(world, { from, address, port: Number(port), protocol: 'tcp' })
  if (reached.kind !== 'open' || reached.held?.name !== 'sshd') return ''
  // Red Hat's server keeps the patch level to itself.
  const release = releaseOf(reached.machine ?? from, 'openssh').replace(/p\d$/, '')
  return `SSH-2.0-OpenSSH_${release}\r\n`
}
