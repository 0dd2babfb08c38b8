import type { World } from '../world/world.ts'

/** What one look into an endless device gives: enough for whoever takes a piece of it. */
const LOOK_BYTES = 65_536

const streams = new Set(['/dev/stdin', '/dev/stdout', '/dev/stderr'])

const noise = (seed: number): Uint8Array => {
  let state = seed | 1
  return Uint8Array.from({ length: LOOK_BYTES }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0
    return state >>> 24
  })
}

/** What reading a device gives; `undefined` for any other path. */
export const deviceBytes = ({ nowMs }: World, path: string): Uint8Array | undefined => {
  if (path === '/dev/zero' || path === '/dev/full') return new Uint8Array(LOOK_BYTES)
  if (path === '/dev/urandom' || path === '/dev/random') return noise(nowMs % 2_147_483_647)
  return streams.has(path) ? new Uint8Array() : undefined
}

/** The stream that a path stands for when it is written to; `undefined` for any other path. */
export const streamOf = (path: string): 'stdout' | 'stderr' | 'terminal' | undefined => {
  if (path === '/dev/stdout') return 'stdout'
  if (path === '/dev/stderr') return 'stderr'
  return path === '/dev/tty' ? 'terminal' : undefined
}

/** Address and port of a socket by the path that bash has for it. */
export const socketOf = (path: string): { readonly host: string; readonly port: string } | undefined => {
  const [, host, port] = /^\/dev\/(?:tcp|udp)\/([^/]+)\/([^/]+)$/.exec(path) ?? []
  return host === undefined || port === undefined ? undefined : { host, port }
}

/** Devices that take everything and keep nothing, and sockets, which carry it away. */
export const isSink = (path: string): boolean =>
  socketOf(path) !== undefined ||
  path === '/dev/null' ||
  path === '/dev/zero' ||
  path === '/dev/random' ||
  path === '/dev/urandom'
