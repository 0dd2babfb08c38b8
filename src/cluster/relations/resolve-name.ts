import { isLoopback, numberOfAddress } from '../network/addresses.ts'
import { askDns } from '../network/ask-dns.ts'
import type { DnsAnswer } from '../network/dns-answer.ts'
import {
  hostsAddressOf,
  looksIn,
  type ResolverSettings,
  resolverSettingsOf,
} from '../network/resolver-settings.ts'
import type { Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import { hostnameOf } from './hostname.ts'

/** How a name is looked up by the library of a machine: an address, or why not. `server` is the one that spoke last. */
export type Resolution =
  | {
      readonly kind: 'found'
      readonly address: string
      readonly addresses: readonly string[]
      readonly name: string
      readonly tookMs: number
    }
  | { readonly kind: 'no-name'; readonly server: string; readonly tookMs: number }
  /** Servers answered with a failure, or none answered at all. */
  | {
      readonly kind: 'failed'
      readonly because: 'timeout' | 'server-failure' | 'port-refused'
      readonly server: string
      readonly tookMs: number
    }

const ROUND_TRIP_MS = 2
const PATIENCE_MS = 5_000
const TRIES = 2

const candidatesOf = (name: string, { search, dots }: ResolverSettings): readonly string[] => {
  if (name.endsWith('.')) return [name.slice(0, -1)]
  const searched = search.map(domain => `${name}.${domain}`)
  return name.split('.').length - 1 >= dots ? [name, ...searched] : [...searched, name]
}

type Asked = { readonly answer: DnsAnswer; readonly server: string; readonly tookMs: number }

/** Asks the servers in turn until one says something; time-outs cost their time. */
const askInTurn = (
  world: World,
  from: Machine,
  { name, servers }: { readonly name: string; readonly servers: readonly string[] },
): Asked => {
  let tookMs = 0
  let last: Asked = { answer: { kind: 'timeout' }, server: servers[0] ?? '', tookMs }
  for (const server of servers) {
    const answer = askDns(world, { from, server, question: { name, type: 'A', depth: 0 } })
    tookMs += answer.kind === 'timeout' ? PATIENCE_MS * TRIES : ROUND_TRIP_MS
    last = { answer, server, tookMs }
    if (answer.kind === 'found' || answer.kind === 'no-name' || answer.kind === 'no-data') return last
  }
  return last
}

const failureOf = ({ answer, server }: Asked, tookMs: number): Resolution =>
  answer.kind === 'server-failure' || answer.kind === 'port-refused' || answer.kind === 'timeout'
    ? { kind: 'failed', because: answer.kind, server, tookMs }
    : answer.kind === 'query-refused'
      ? { kind: 'failed', because: 'server-failure', server, tookMs }
      : { kind: 'no-name', server, tookMs }

const here = (address: string, name: string): Resolution => ({
  kind: 'found',
  address,
  addresses: [address],
  name,
  tookMs: 0,
})

/** Looks a name up as getaddrinfo(3) does on a machine or inside a container: addresses as they are, /etc/hosts, then DNS by /etc/resolv.conf. */
export const resolveName = (world: World, from: Machine, name: string): Resolution =>
  resolveBy(world, from, { name, settings: resolverSettingsOf(from) })

/** Looks a name up in the same way, with the DNS settings that somebody else than the library has. */
export const resolveBy = (
  world: World,
  from: Machine,
  { name, settings }: { readonly name: string; readonly settings: ResolverSettings },
): Resolution => {
  if (numberOfAddress(name) !== undefined) return here(name, name)
  if (name === 'localhost') return here('127.0.0.1', name)
  const hosts = looksIn(from, 'files') ? hostsAddressOf(from, name) : undefined
  if (hosts !== undefined && !isLoopback(hosts)) return here(hosts, name)
  if (hosts !== undefined || name === hostnameOf(from)) return here(hosts ?? '127.0.1.1', name)
  if (!looksIn(from, 'dns')) return { kind: 'no-name', server: '', tookMs: 0 }
  let tookMs = 0
  let last: Asked | undefined
  for (const candidate of candidatesOf(name, settings)) {
    last = askInTurn(world, from, { name: candidate, servers: settings.servers })
    tookMs += last.tookMs
    const { answer } = last
    if (answer.kind === 'found')
      return {
        kind: 'found',
        address: answer.addresses[0] ?? '',
        addresses: answer.addresses,
        name: candidate,
        tookMs,
      }
    if (answer.kind !== 'no-name' && answer.kind !== 'no-data') break
  }
  return last === undefined ? { kind: 'no-name', server: '', tookMs } : failureOf(last, tookMs)
}
