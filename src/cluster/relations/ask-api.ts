import { getObject } from '../kube/store.ts'
import type { Machine } from '../world/machine.ts'
import type { HeldWay } from '../world/network.ts'
import type { World } from '../world/world.ts'
import { acceptsToken, decodeToken } from './account-token.ts'
import { apiLoadOf, REQUEST_MS } from './api-load.ts'
import {
  type ApiServer,
  apiServersOn,
  clientAuthoritiesOf,
  etcdAccessOf,
  servingCertificateOf,
} from './api-server.ts'
import { accountUser } from './authorize.ts'
import { checkCertificate, x509Text } from './certificate.ts'
import { machineNowMs } from './clock.ts'
import { connect } from './connect.ts'
import { type Environment, proxyByEnvironment, proxyFailure } from './go-proxy.ts'
import { behindRelay } from './haproxy/relay.ts'
import { forgetWay, heldWay, noteWay } from './held-way.ts'
import { hostAddressOf } from './host-address.ts'
import { inStep } from './in-step.ts'
import { behindBalancer } from './k3s/balance.ts'
import type { Kubeconfig } from './kubeconfig.ts'
import { isMute } from './stopped.ts'

/** Who asks the API server, from where, and how. */
export type ApiQuestion = {
  readonly from: Machine
  readonly config: Kubeconfig
  /** Since when the asker has held its connection; a command has none. */
  readonly heldSinceMs?: number | undefined
  /** The asker's environment, which may send it over a proxy. */
  readonly environment?: Environment | undefined
}

/** How the API server answers. `text` is the reason in the words of Go's network code, without the URL in front. */
export type ApiAnswer =
  | {
      readonly kind: 'answers'
      readonly server: ApiServer
      readonly user: string
      readonly groups: readonly string[]
      readonly latencyMs: number
      readonly isReadOnly: boolean
    }
  | {
      readonly kind: 'refused' | 'timeout' | 'no-route' | 'dns' | 'tls'
      readonly text: string
      readonly tookMs: number
    }
  | { readonly kind: 'unauthorized'; readonly tookMs: number }
  /** It answers but cannot serve: etcd does not, or it has far too much to do. */
  | { readonly kind: 'unavailable'; readonly text: string; readonly tookMs: number }

/** What a client waits for the head of an answer, and the server for etcd. */
const PATIENCE_MS = 32_000

/** The host and port of a server's URL, and whether it speaks TLS. */
export const readServer = (url: string) => {
  const read = /^(https?):\/\/(\[[^\]]+\]|[^:/]+)(?::(\d+))?/.exec(url)
  const isTls = read?.[1] !== 'http'
  return { host: read?.[2] ?? '', port: Number(read?.[3] ?? (isTls ? 443 : 80)), isTls }
}

const identityOf = (world: World, server: ApiServer, config: Kubeconfig) => {
  const { client, clientKeyId, token } = config
  const anonymous = { user: 'system:anonymous', groups: ['system:unauthenticated'] }
  if (client === undefined) {
    if (token === undefined) return anonymous
    const read = decodeToken(token)
    if (read === undefined || !acceptsToken(server, read, machineNowMs(world, server.machine)))
      return undefined
    const { namespace, name } = read
    const account = getObject(world.kube, { kind: 'ServiceAccount', namespace, name })
    return account === undefined ? undefined : accountUser(namespace, name)
  }
  const isGood =
    clientKeyId === client.keyId &&
    checkCertificate(client, {
      authorities: clientAuthoritiesOf(server),
      atMs: machineNowMs(world, server.machine),
    }) === undefined
  return isGood ? { user: client.commonName, groups: client.organizations } : undefined
}

/** The problem that a client has with the certificate which a server shows. */
const servingProblem = (
  world: World,
  { from, config }: ApiQuestion,
  { server, host }: { readonly server: ApiServer; readonly host: string },
): string | undefined => {
  if (config.skipsVerify) return undefined
  const certificate = servingCertificateOf(server)
  if (certificate === undefined) return 'remote error: tls: internal error'
  const check = { authorities: config.authorities, atMs: machineNowMs(world, from), host }
  const problem = checkCertificate(certificate, check)
  return problem === undefined
    ? undefined
    : `tls: failed to verify certificate: ${x509Text(certificate, problem, check)}`
}

/** How much longer than usual a server takes: its own load and that of its machine. */
const slownessOf = (world: World, { host }: ApiServer): number =>
  apiLoadOf(world) * Math.max(1, host.load[0] / host.cpu.cores / 2)

const served = (world: World, server: ApiServer, question: ApiQuestion): ApiAnswer => {
  const identity = identityOf(world, server, question.config)
  if (identity === undefined) return { kind: 'unauthorized', tookMs: REQUEST_MS }
  const etcd = etcdAccessOf(world, server)
  const late = 'context deadline exceeded (Client.Timeout exceeded while awaiting headers)'
  if (etcd.kind === 'down') return { kind: 'unavailable', text: late, tookMs: PATIENCE_MS }
  if (etcd.kind === 'no-quorum')
    return { kind: 'unavailable', text: 'etcdserver: request timed out', tookMs: 7_000 }
  const latencyMs = Math.round((REQUEST_MS + etcd.writeMs) * slownessOf(world, server))
  if (slownessOf(world, server) >= 50 || latencyMs > PATIENCE_MS)
    return { kind: 'unavailable', text: late, tookMs: PATIENCE_MS }
  return { kind: 'answers', server, ...identity, latencyMs, isReadOnly: etcd.isReadOnly }
}

const WIRE_TURNS = 3

/** An answer as it comes to the client over a way that takes its time. */
const overWire = (answer: ApiAnswer, wireMs: number): ApiAnswer => {
  if (answer.kind !== 'answers') return answer
  const latencyMs = answer.latencyMs + Math.round(wireMs * WIRE_TURNS)
  return latencyMs > PATIENCE_MS
    ? { kind: 'timeout', text: 'net/http: TLS handshake timeout', tookMs: 10_000 }
    : { ...answer, latencyMs }
}

/** Asks the API server as a client of a machine would: name, connection, TLS, identity, etcd, one after another. */
export const askApi = (world: World, question: ApiQuestion): ApiAnswer => {
  const { from, config, heldSinceMs = '', environment = {} } = question
  const { host, isTls } = readServer(config.server)
  const proxy = proxyByEnvironment(environment, { scheme: isTls ? 'https' : 'http', host }) ?? ''
  const asker = `${from.name}/${config.server}/${config.client?.keyId ?? config.token ?? ''}/${heldSinceMs}/${proxy}`
  return inStep(world, `api/${asker}`, () => ask(world, question))
}

const noWayTexts = {
  'no-route': 'no route to host',
  'unreachable-network': 'network is unreachable',
  'black-hole': 'invalid argument',
} as const

const ask = (world: World, question: ApiQuestion): ApiAnswer => {
  const { host, isTls } = readServer(question.config.server)
  const failure = proxyFailure(world, question.from, {
    environment: question.environment,
    to: { scheme: isTls ? 'https' : 'http', host },
  })
  if (failure !== undefined) return failure
  const { from, heldSinceMs } = question
  const found = hostAddressOf(world, from, host)
  if (found.kind === 'found') {
    const { address } = found
    const answer = askAt(world, question, address)
    if (answer.kind === 'answers' && heldSinceMs !== undefined && address !== host)
      noteWay(from, host, { address, atMs: world.nowMs })
    return answer
  }
  const way = heldWay(from, host, heldSinceMs)
  const answer = way === undefined ? undefined : askAt(world, question, way.address)
  if (way !== undefined && answer !== undefined && !isBroken(answer, way)) return answer
  forgetWay(from, host)
  return { kind: 'dns', text: `dial tcp: lookup ${host}${found.text}`, tookMs: found.tookMs }
}

/** Whether a connection that was held did not outlive its server. */
const isBroken = (answer: ApiAnswer, { atMs }: HeldWay): boolean =>
  answer.kind === 'refused' || (answer.kind === 'answers' && (answer.server.startedMs ?? 0) > atMs)

/** Asks whoever serves at an address: connection, TLS, identity, etcd. */
const askAt = (world: World, question: ApiQuestion, address: string): ApiAnswer => {
  const { host, port } = readServer(question.config.server)
  const { from, heldSinceMs } = question
  const dialed = connect(world, { from, address, port, protocol: 'tcp', heldSinceMs })
  const dial = `dial tcp ${address}:${port}:`
  if (dialed.kind === 'refused')
    return { kind: 'refused', text: `${dial} connect: connection refused`, tookMs: 5 }
  if (dialed.kind === 'timeout') return { kind: 'timeout', text: `${dial} i/o timeout`, tookMs: 30_000 }
  if (dialed.kind !== 'open')
    return { kind: 'no-route', text: `${dial} connect: ${noWayTexts[dialed.kind]}`, tookMs: 3_000 }
  const relayed = behindRelay(world, dialed)
  const behind = relayed === dialed ? behindBalancer(world, dialed.machine, port) : relayed
  if (behind !== undefined && behind.kind !== 'open') return { kind: 'refused', text: 'EOF', tookMs: 200 }
  if (isMute(behind ?? dialed))
    return { kind: 'timeout', text: 'net/http: TLS handshake timeout', tookMs: 10_000 }
  const reached = (behind ?? dialed).machine
  const machine = reached?.runtime === undefined ? (reached?.planet ?? reached) : reached
  const servers = reached === undefined || machine === undefined ? [] : apiServersOn(machine, reached)
  const server = servers.find(candidate => candidate.port === (behind ?? dialed).port) ?? servers[0]
  if (server === undefined) return { kind: 'refused', text: `${dial} connect: connection refused`, tookMs: 5 }
  const tls = servingProblem(world, question, { server, host })
  if (tls !== undefined) return { kind: 'tls', text: tls, tookMs: REQUEST_MS }
  return overWire(served(world, server, question), dialed.latencyMs)
}
