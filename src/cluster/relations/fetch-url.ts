import { readImageName } from '../kube/known-images.ts'
import { registryAnswer } from '../network/registry-answer.ts'
import { siteCertificate } from '../network/site-certificate.ts'
import type { HttpAnswer, TlsPort } from '../services/service.ts'
import { serviceOf } from '../services/services.ts'
import type { Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import {
  type Certificate,
  type CertificateProblem,
  checkByChain,
  checkCertificate,
  decodeCertificates,
} from './certificate.ts'
import { machineNowMs } from './clock.ts'
import { type Connection, connect } from './connect.ts'
import { behindRelay } from './haproxy/relay.ts'
import type { HeldListener } from './listeners.ts'
import { noteRequest } from './note-request.ts'
import { type Resolution, resolveName } from './resolve-name.ts'
import { isMute } from './stopped.ts'
import { managerOf } from './unit-of.ts'

/** The repositories of a registry that the machines of a world have pulled images from. */
const repositoriesAt = (world: World, host: string): readonly string[] =>
  [...world.machines.values()].flatMap(({ runtime }) =>
    (runtime?.images ?? []).flatMap(({ tags }) =>
      tags.map(readImageName).flatMap(({ registry, repository }) => (registry === host ? [repository] : [])),
    ),
  )

/** A request for a URL as an HTTP client makes it. `authorities` are those it trusts; `undefined` checks nothing. */
export type UrlRequest = {
  readonly from: Machine
  readonly scheme: 'http' | 'https'
  readonly host: string
  readonly port: number
  readonly path: string
  readonly method: string
  /** The head `Host` where it differs from the host of the URL. */
  readonly hostHeader?: string | undefined
  /** The name that it asks for in the TLS handshake where that differs from the host of the URL. */
  readonly serverName?: string | undefined
  /** The name and the password, joined by a colon, that it logs in with. */
  readonly login?: string | undefined
  /** The head `User-Agent`. */
  readonly agent?: string | undefined
  /** Set for somebody who has logged in. */
  readonly isAllowed?: true | undefined
  /** The host and port that it dials in place of those of the URL. */
  readonly to?: { readonly host: string; readonly port: number } | undefined
  readonly authorities: readonly Certificate[] | undefined
  readonly client: Certificate | undefined
}

type Open = Extract<Connection, { kind: 'open' }>

/** How a request ended, step by step: name, connection, TLS, answer. */
export type UrlOutcome =
  | { readonly kind: 'no-host'; readonly resolution: Exclude<Resolution, { kind: 'found' }> }
  | {
      readonly kind: 'no-connection'
      readonly address: string
      readonly because: Exclude<Connection['kind'], 'open'>
    }
  /** It speaks no TLS, or ends the handshake. */
  | { readonly kind: 'no-tls'; readonly address: string; readonly because: 'not-tls' | 'reset' }
  | {
      readonly kind: 'bad-certificate'
      readonly address: string
      readonly problem: CertificateProblem
      readonly certificate: Certificate
    }
  /** The server wants a certificate from the client. */
  | { readonly kind: 'no-client'; readonly address: string; readonly certificate: Certificate | undefined }
  | {
      readonly kind: 'answered'
      readonly address: string
      readonly answer: HttpAnswer
      readonly certificate: Certificate | undefined
      readonly connection: Open
    }
  /** The connection is open and nothing comes. */
  | { readonly kind: 'silent'; readonly address: string }

const serviceBehind = ({ held, machine }: Open) => {
  if (held === undefined || machine === undefined) return undefined
  const carrier = held.unit === undefined ? machine : managerOf(machine, held.unit)
  const self = { machine: carrier, unit: held.unit, container: held.container }
  return { self, service: serviceOf((held.unit ?? held.container)?.service ?? '') }
}

const tlsOf = (world: World, connection: Open, host: string): TlsPort | undefined => {
  const { outside, port } = connection
  if (outside !== undefined) {
    const speaks = outside.ports.find(open => open.port === port)?.speaks
    return speaks === 'https'
      ? { certificate: siteCertificate(world, host, outside), clientAuthorities: undefined }
      : undefined
  }
  const behind = serviceBehind(connection)
  return behind?.service.secures?.(world, behind.self, port)
}

/** What a proxy gets of its server when it asks in its own name. */
const throughProxy = (
  world: World,
  request: UrlRequest,
  { host, port, certificate }: NonNullable<HeldListener['proxies']>,
): HttpAnswer => {
  const client = decodeCertificates(certificate)[0]
  const asked = { ...request, scheme: 'https' as const, host, port, client, authorities: undefined }
  const outcome = fetchUrl(world, asked)
  return outcome.kind === 'answered'
    ? outcome.answer
    : { status: 502, body: `dial tcp ${host}:${port}: connect: connection refused` }
}

const answerOf = (world: World, connection: Open, request: UrlRequest): HttpAnswer | undefined => {
  const { outside, port } = connection
  if (outside !== undefined)
    return (
      registryAnswer(request, () => repositoriesAt(world, request.host)) ?? {
        status: 200,
        body: `<!DOCTYPE html>\n<html><head><title>${request.host}</title></head><body></body></html>\n`,
        contentType: 'text/html',
      }
    )
  const proxies = connection.held?.proxies
  if (proxies !== undefined) return throughProxy(world, request, proxies)
  const behind = serviceBehind(connection)
  const { path, from, client, method, isAllowed, hostHeader: host = request.host } = request
  const asked = { port, path, from, client, method, host, isAllowed, agent: request.agent }
  const answer = behind?.service.answers?.(world, behind.self, asked)
  if (behind !== undefined && answer !== undefined)
    noteRequest(world, behind.self, { at: connection.address, request: asked, answer })
  return answer
}

/** Whether a server that wants a certificate of its clients takes the one it is shown, by the clock of its machine. */
const isClientTaken = (
  world: World,
  { machine }: Open,
  { tls, client }: { readonly tls: TlsPort | undefined; readonly client: Certificate | undefined },
): boolean => {
  const authorities = tls?.clientAuthorities
  if (authorities === undefined) return true
  const atMs = machine === undefined ? world.nowMs : machineNowMs(world, machine)
  return client !== undefined && checkCertificate(client, { authorities, atMs }) === undefined
}

/** Requests a URL over the network of the world. */
export const fetchUrl = (world: World, request: UrlRequest): UrlOutcome => {
  const { from, host, scheme, authorities, client } = request
  const { host: dialedHost, port } = request.to ?? request
  const resolution = resolveName(world, from, dialedHost)
  if (resolution.kind !== 'found') return { kind: 'no-host', resolution }
  const { address } = resolution
  const dialed = connect(world, { from, address, port, protocol: 'tcp' })
  if (dialed.kind !== 'open') return { kind: 'no-connection', address, because: dialed.kind }
  const connection = behindRelay(world, dialed)
  if (connection.kind !== 'open' || connection.held?.forward !== undefined)
    return { kind: 'no-tls', address, because: 'reset' }
  if (isMute(connection)) return { kind: 'silent', address }
  const tls = tlsOf(world, connection, host)
  if (scheme === 'https' && tls === undefined) return { kind: 'no-tls', address, because: 'not-tls' }
  if (scheme === 'http' && tls !== undefined) {
    const body = 'Client sent an HTTP request to an HTTPS server.\n'
    return { kind: 'answered', address, answer: { status: 400, body }, certificate: undefined, connection }
  }
  const certificate = tls?.forName?.(request.serverName ?? host) ?? tls?.certificate
  if (tls !== undefined && certificate === undefined) return { kind: 'no-tls', address, because: 'reset' }
  if (certificate !== undefined && authorities !== undefined) {
    const problem = checkByChain(certificate, { authorities, atMs: machineNowMs(world, from), host })
    if (problem !== undefined) return { kind: 'bad-certificate', address, problem, certificate }
  }
  if (!isClientTaken(world, connection, { tls, client })) return { kind: 'no-client', address, certificate }
  const answer = answerOf(world, connection, request)
  return answer === undefined
    ? { kind: 'silent', address }
    : { kind: 'answered', address, answer, certificate, connection }
}
