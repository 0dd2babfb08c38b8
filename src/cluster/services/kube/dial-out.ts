import { connect } from '../../relations/connect.ts'
import { insideOf } from '../../relations/inside.ts'
import { type Resolution, resolveName } from '../../relations/resolve-name.ts'
import type { World } from '../../world/world.ts'
import type { Running } from '../service.ts'

/** Why a lookup failed, in Go's words; a port that is refused is heard of by the socket that asked. */
const lookupFailure = (
  { machine, container }: Running,
  { because, server }: Extract<Resolution, { kind: 'failed' }>,
): string => {
  if (because === 'server-failure') return 'server misbehaving'
  if (because === 'timeout') return 'i/o timeout'
  const own = machine.runtime?.sandboxes.find(({ id }) => id === container?.sandboxId)?.address ?? ''
  return `read udp ${own}:${40_000 + ((container?.pid ?? 0) % 20_000)}->${server}:53: read: connection refused`
}

/** Why a program in a container gets no connection to a host, in Go's words; `undefined` when it gets one. */
export const dialOut = (
  world: World,
  self: Running,
  { host, port }: { readonly host: string; readonly port: number },
): string | undefined => {
  if (self.container === undefined) return undefined
  const from = insideOf(world, self.machine, self.container)
  const found = resolveName(world, from, host)
  if (found.kind === 'no-name') return `dial tcp: lookup ${host} on ${found.server}:53: no such host`
  if (found.kind === 'failed')
    return `dial tcp: lookup ${host} on ${found.server}:53: ${lookupFailure(self, found)}`
  const dialed = connect(world, { from, address: found.address, port, protocol: 'tcp' })
  const dial = `dial tcp ${found.address}:${port}:`
  if (dialed.kind === 'open') return undefined
  if (dialed.kind === 'refused') return `${dial} connect: connection refused`
  return dialed.kind === 'timeout' ? `${dial} i/o timeout` : `${dial} connect: no route to host`
}
