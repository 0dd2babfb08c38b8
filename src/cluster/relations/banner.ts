import type { Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import { connect } from './connect.ts'
import { resolveName } from './resolve-name.ts'

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
  return (reached.machine?.os.id ?? 'ubuntu') === 'ubuntu'
    ? 'SSH-2.0-OpenSSH_8.9p1 Ubuntu-3ubuntu0.6\r\n'
    : 'SSH-2.0-OpenSSH_7.4\r\n'
}
