import { isLoopback } from '../network/addresses.ts'
import type { Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import { mainAddressOf } from './find-machine.ts'
import { resolveName } from './resolve-name.ts'

/** Where a host name leads, or how its look-up failed, in Go's words after the name. */
export type HostAddress =
  | { readonly kind: 'found'; readonly address: string }
  | { readonly kind: 'failed'; readonly text: string; readonly tookMs: number }

const reasons = {
  timeout: 'i/o timeout',
  'server-failure': 'server misbehaving',
} as const

/** What the socket that asked a DNS server hears of a port that is closed, in Go's words. */
export const lookupRefusal = (from: Machine, server: string): string => {
  const own = isLoopback(server) ? '127.0.0.1' : mainAddressOf(from)
  return `read udp ${own}:${32_768 + (from.nextPid % 28_000)}->${server}:53: read: connection refused`
}

/** The address of a host name or address as a Go program on a machine finds it. */
export const hostAddressOf = (world: World, from: Machine, host: string): HostAddress => {
  const resolved = resolveName(world, from, host)
  if (resolved.kind === 'found') return { kind: 'found', address: resolved.address }
  const reason =
    resolved.kind === 'no-name'
      ? 'no such host'
      : resolved.because === 'port-refused'
        ? lookupRefusal(from, resolved.server)
        : reasons[resolved.because]
  // Nobody was asked where the machine looks names up in its files alone.
  const asked = resolved.server === '' ? '' : ` on ${resolved.server}:53`
  return { kind: 'failed', text: `${asked}: ${reason}`, tookMs: resolved.tookMs }
}
