import type { Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import { findMachine, mainAddressOf } from './find-machine.ts'

/** Where a host name leads, or how its look-up failed, in Go's words after the name. */
export type HostAddress =
  | { readonly kind: 'found'; readonly address: string }
  | { readonly kind: 'failed'; readonly text: string; readonly tookMs: number }

/** The address of a host name or address as a program on a machine finds it. */
export const hostAddressOf = (world: World, from: Machine, host: string): HostAddress => {
  if (/^[\d.]+$/.test(host)) return { kind: 'found', address: host }
  if (host === 'localhost') return { kind: 'found', address: '127.0.0.1' }
  const machine = findMachine(world, host)
  if (machine !== undefined)
    return { kind: 'found', address: machine === from ? '127.0.0.1' : mainAddressOf(machine) }
  const record = world.fabric.records[host]
  if (record !== undefined) return { kind: 'found', address: record }
  return { kind: 'failed', text: ` on 127.0.0.53:53: no such host`, tookMs: 20 }
}
