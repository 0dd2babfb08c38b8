import { appendToLog } from '../../files/append-to-log.ts'
import { isLoopback } from '../../network/addresses.ts'
import { stationOf } from '../../network/station.ts'
import type { HttpAnswer } from '../../services/service.ts'
import type { Machine } from '../../world/machine.ts'
import type { ProxyState } from '../../world/platforms.ts'
import type { World } from '../../world/world.ts'
import type { UrlOutcome, UrlRequest } from '../fetch-url.ts'
import { findMachine } from '../find-machine.ts'
import { type Access, accessLine, handshakeLine, relayLine } from './access-line.ts'
import { isLogged, logLine, logTargets, PROXY_LOG } from './log-line.ts'
import { proxyStateOf, proxyUnitOf, sectionsOf } from './proxy-state.ts'
import type { ProxySection } from './read-settings.ts'
import { backendOf, serverInTurn } from './relay.ts'

type Client = Access['client']

type Front = {
  readonly machine: Machine
  readonly state: ProxyState
  readonly section: ProxySection
  readonly isSecured: boolean
}

/** The section of an HAProxy that takes what comes to an address and port. */
const frontAt = (world: World, from: Machine, place: Client): Front | undefined => {
  if (Object.keys(world.platforms.proxies).length === 0) return undefined
  const { address, port } = place
  const machine = isLoopback(address) ? stationOf(world, from).host : findMachine(world, address)
  const state = machine && proxyStateOf(world, machine)
  if (machine === undefined || state === undefined) return undefined
  for (const section of sectionsOf(state)) {
    const bind = section.binds.find(one => one.port === port)
    if (bind !== undefined) return { machine, state, section, isSecured: bind.certificate !== undefined }
  }
  return undefined
}

const isRelay = ({ section, isSecured }: Front): boolean => section.mode === 'tcp' && !isSecured

const relayed = (
  world: World,
  { machine, state, section }: Front,
  { client, bytes }: { readonly client: Client; readonly bytes: number },
): string => {
  const backend = backendOf(state, section)
  const server = serverInTurn(world, state, backend)?.name
  const to = { backend: backend?.name ?? section.name, server, bytes }
  return relayLine(machine, { atMs: world.nowMs, client, section }, to)
}

const HANDSHAKE_BYTES = 2_900

/** The size of what a server has sent over TLS: its handshake, and the answer. */
const sentBytes = (answer: HttpAnswer | undefined): number => HANDSHAKE_BYTES + (answer?.body.length ?? 0)

const write = (world: World, { machine, state }: Front, text: string): void => {
  if (!isLogged(machine) || logTargets(state.settings) === 0) return
  const line = logLine(machine, proxyUnitOf(machine), { atMs: world.nowMs, text })
  appendToLog(world, machine, { path: PROXY_LOG, text: `${line}\n` })
}

/** Lets an HAProxy that a request came to log it, as its section says. `client` is where it comes from. */
export const noteProxied = (
  world: World,
  {
    request,
    outcome,
    client,
    port,
  }: {
    readonly request: UrlRequest
    readonly outcome: Extract<UrlOutcome, { address: string }>
    readonly client: Client
    readonly port: number
  },
): void => {
  if (outcome.kind === 'no-connection') return
  const { from, method, path } = request
  const front = frontAt(world, from, { address: outcome.address, port })
  if (front === undefined) return
  const { machine, section, isSecured } = front
  const access = { atMs: world.nowMs, client, section, isSecured, method, path }
  const answer = outcome.kind === 'answered' ? outcome.answer : undefined
  const text = isRelay(front)
    ? relayed(world, front, { client, bytes: sentBytes(answer) })
    : answer === undefined
      ? handshakeLine(machine, access)
      : accessLine(machine, { ...access, answer })
  write(world, front, text)
}

/** The same for a connection of a program that speaks TLS with the server behind. */
export const noteRelayed = (
  world: World,
  from: Machine,
  { to, client }: { readonly to: Client; readonly client: Client },
): void => {
  const front = frontAt(world, from, to)
  if (front === undefined || !isRelay(front)) return
  const bytes = sentBytes(undefined) + (Math.floor(world.nowMs) % 9_000)
  const text = relayed(world, front, { client, bytes })
  write(world, front, text)
}
