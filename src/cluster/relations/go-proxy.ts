import { isInNetwork } from '../network/addresses.ts'
import type { Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import { connect } from './connect.ts'
import { hostAddressOf } from './host-address.ts'

/** The environment of a program, as far as it names proxies. */
export type Environment = Readonly<Record<string, string | undefined>>

/** Where a Go client is going. */
export type Destination = { readonly scheme: 'http' | 'https'; readonly host: string }

/** How a proxy keeps a client from its server. */
export type ProxyFailure = {
  readonly kind: 'refused' | 'timeout' | 'no-route' | 'dns'
  readonly text: string
  readonly tookMs: number
}

const isExcepted = (list: string, host: string): boolean =>
  list
    .split(',')
    .map(entry => entry.trim())
    .some(entry => {
      if (entry === '*') return true
      if (/^[\d.]+\/\d+$/.test(entry)) return isInNetwork(host, entry)
      const name = entry.replace(/^\*?\./, '').replace(/:\d+$/, '')
      return name !== '' && (host === name || host.endsWith(`.${name}`))
    })

/** The proxy that Go takes by an environment to go to a host; `undefined` where it goes there itself. */
export const proxyByEnvironment = (
  environment: Environment,
  { scheme, host }: Destination,
): string | undefined => {
  const named =
    scheme === 'https'
      ? environment.HTTPS_PROXY || environment.https_proxy
      : environment.HTTP_PROXY || environment.http_proxy
  if (named === undefined || named === '' || host === 'localhost' || host.startsWith('127.')) return undefined
  return isExcepted(environment.NO_PROXY || environment.no_proxy || '', host) ? undefined : named
}

const noWays = {
  'no-route': 'no route to host',
  'unreachable-network': 'network is unreachable',
  'black-hole': 'invalid argument',
} as const

/** Why a Go client does not get on through the proxy that its environment names; `undefined` where it needs none. */
export const proxyFailure = (
  world: World,
  from: Machine,
  { environment, to }: { readonly environment: Environment | undefined; readonly to: Destination },
): ProxyFailure | undefined => {
  const proxy = environment === undefined ? undefined : proxyByEnvironment(environment, to)
  const [, host = '', port = '80'] = /^(?:\w+:\/\/)?(?:[^@/]*@)?([^:/]+)(?::(\d+))?/.exec(proxy ?? '') ?? []
  if (host === '') return undefined
  const found = hostAddressOf(world, from, host)
  if (found.kind === 'failed')
    return {
      kind: 'dns',
      text: `proxyconnect tcp: dial tcp: lookup ${host}${found.text}`,
      tookMs: found.tookMs,
    }
  const { address } = found
  const dial = `proxyconnect tcp: dial tcp ${address}:${port}:`
  const dialed = connect(world, { from, address, port: Number(port), protocol: 'tcp' })
  switch (dialed.kind) {
    case 'open':
      // Nothing in this network passes on what it is asked to connect to.
      return { kind: 'no-route', text: 'Method Not Allowed', tookMs: 20 }
    case 'refused':
      return { kind: 'refused', text: `${dial} connect: connection refused`, tookMs: 5 }
    case 'timeout':
      return { kind: 'timeout', text: `${dial} i/o timeout`, tookMs: 30_000 }
    default:
      return { kind: 'no-route', text: `${dial} connect: ${noWays[dialed.kind]}`, tookMs: 3_000 }
  }
}
