import type { Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import { type Connection, connect } from './connect.ts'

const reasons: Readonly<Record<Exclude<Connection['kind'], 'open'>, string>> = {
  refused: 'connect: connection refused',
  timeout: 'i/o timeout',
  'no-route': 'connect: no route to host',
  'unreachable-network': 'connect: network is unreachable',
  'black-hole': 'connect: invalid argument',
}

/** Where somebody connects to. */
export type Dialed = { readonly from: Machine; readonly address: string; readonly port: number }

/** Why a connection over TCP does not open, as Go says it; `undefined` when it opens. */
export const dialError = (world: World, { from, address, port }: Dialed): string | undefined => {
  const { kind } = connect(world, { from, address, port, protocol: 'tcp' })
  return kind === 'open' ? undefined : `dial tcp ${address}:${port}: ${reasons[kind]}`
}
