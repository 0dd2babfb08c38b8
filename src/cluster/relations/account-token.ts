import type { World } from '../world/world.ts'
import { type ApiServer, apiServers } from './api-server.ts'
import { decodeKey, decodePublicKey } from './certificate.ts'
import { flagsInText } from './flags.ts'
import { settingsText } from './read-settings.ts'

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

/** The key that an API server works with of a file that a flag names: as it read it at its start. */
const keyOf = ({ machine, flags, program }: ApiServer, flag: string): string | undefined => {
  const text = settingsText(machine, program, flags[flag] ?? '')
  return decodeKey(text) ?? decodePublicKey(text)
}

/** The key of the controller manager beside an API server, which signs the tokens of older clusters. */
const controllerKeyOf = ({ machine }: ApiServer): string | undefined => {
  const unit = machine.units.get('kube-controller-manager.service')
  const path =
    unit === undefined ? undefined : flagsInText(unit.execStart)['service-account-private-key-file']
  return unit === undefined || path === undefined ? undefined : decodeKey(settingsText(machine, unit, path))
}

/** The key with which tokens are signed now; `undefined` where no API server runs, or neither it nor its controller manager names one. */
export const signingKeyOf = (world: World): string | undefined => {
  const [server] = apiServers(world)
  if (server === undefined) return undefined
  return keyOf(server, 'service-account-signing-key-file') ?? controllerKeyOf(server)
}

/** With which key a token of some time was signed. */
export const signingKeyAt = (world: World, atMs: number): string => {
  const known = world.kube.signingKeys ?? []
  return (known.findLast(({ sinceMs }) => sinceMs <= atMs) ?? known[0])?.keyId ?? signingKeyOf(world) ?? 'own'
}

/** Whether an API server takes a token: it is in its time, and was signed with the key whose public half the server has. */
export const acceptsToken = (server: ApiServer, { keyId, expiresMs }: AccountToken, atMs: number): boolean =>
  atMs < expiresMs && (keyOf(server, 'service-account-key-file') ?? keyId) === keyId
