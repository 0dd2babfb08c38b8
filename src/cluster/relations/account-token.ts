import type { World } from '../world/world.ts'
import { type ApiServer, apiServers } from './api-server.ts'
import { decodeKey, decodePublicKey } from './certificate.ts'
import { watchedText } from './read-settings.ts'

/** Whom a token of a service account names, when it ends, and with which key it was signed. */
export type AccountToken = {
  readonly namespace: string
  readonly name: string
  readonly issuedMs: number
  readonly expiresMs: number
  readonly keyId: string
}

const ISSUER = 'https://kubernetes.default.svc.cluster.local'

const part = (text: string): string =>
  btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')

const unpart = (text: string): unknown => {
  try {
    return JSON.parse(atob(text.replaceAll('-', '+').replaceAll('_', '/')))
  } catch {
    return undefined
  }
}

const seconds = (ms: number): number => Math.floor(ms / 1000)

/** A token in the three parts of a JSON web token. */
export const encodeToken = ({ namespace, name, issuedMs, expiresMs, keyId }: AccountToken): string => {
  const issued = seconds(issuedMs)
  const payload = {
    aud: [ISSUER],
    exp: seconds(expiresMs),
    iat: issued,
    iss: ISSUER,
    'kubernetes.io': { namespace, serviceaccount: { name } },
    nbf: issued,
    sub: `system:serviceaccount:${namespace}:${name}`,
  }
  const signature = `${keyId}/${issued}`.repeat(8).slice(0, 256)
  return [JSON.stringify({ alg: 'RS256', kid: keyId }), JSON.stringify(payload), signature]
    .map(part)
    .join('.')
}

/** What a token says; `undefined` for a text that is none, or whose parts do not belong together. */
export const decodeToken = (text: string): AccountToken | undefined => {
  const [head = '', body = ''] = text.split('.')
  const { kid } = (unpart(head) ?? {}) as { kid?: string }
  const { sub, iat = 0, exp = 0 } = (unpart(body) ?? {}) as { sub?: string; iat?: number; exp?: number }
  const [, namespace, name] = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(sub ?? '') ?? []
  if (kid === undefined || namespace === undefined || name === undefined) return undefined
  const token = { namespace, name, issuedMs: iat * 1000, expiresMs: exp * 1000, keyId: kid }
  return encodeToken(token) === text ? token : undefined
}

type KeyFile = { readonly keyId: string; readonly writtenMs: number }

const keyFileOf = ({ machine, flags, program }: ApiServer, flag: string): KeyFile | undefined => {
  const path = flags[flag] ?? ''
  const text = watchedText(machine, program, path)
  const keyId = decodeKey(text) ?? decodePublicKey(text)
  return keyId === undefined ? undefined : { keyId, writtenMs: machine.files.get(path)?.mtimeMs ?? 0 }
}

/** With which key a token of some time was signed. A key that was written later is another one than was used then. */
export const signingKeyAt = (world: World, atMs: number): string => {
  const [server] = apiServers(world)
  const key = server === undefined ? undefined : keyFileOf(server, 'service-account-signing-key-file')
  if (key === undefined) return 'own'
  return key.writtenMs > atMs ? 'earlier' : key.keyId
}

/** Whether an API server takes a token. It reads its key when it starts, and knows the one before no more. */
export const acceptsToken = (
  server: ApiServer,
  { keyId, expiresMs }: AccountToken,
  atMs: number,
): boolean => {
  if (atMs >= expiresMs) return false
  const key = keyFileOf(server, 'service-account-key-file')
  return key === undefined || key.keyId === keyId || key.writtenMs > (server.startedMs ?? 0)
}
