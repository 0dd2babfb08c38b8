import { getObject, listObjects } from '../kube/store.ts'
import type { DnsAnswer, DnsQuestion } from '../network/dns-answer.ts'
import type { KubeObject } from '../world/kube-object.ts'
import type { World } from '../world/world.ts'
import { readyGroups } from './service-slices.ts'

const ZONE = 'cluster.local'
const TTL_S = 30

const found = (addresses: readonly string[], alias?: string): DnsAnswer =>
  alias === undefined
    ? { kind: 'found', addresses, ttlS: TTL_S }
    : { kind: 'found', addresses, ttlS: TTL_S, alias }

const ofService = (world: World, service: KubeObject): DnsAnswer => {
  const { clusterIP, externalName, type } = service.spec ?? {}
  if (type === 'ExternalName') return found([], externalName)
  if (clusterIP !== 'None') return found([clusterIP])
  const addresses = readyGroups(world.kube, service).flatMap(group => group.addresses.map(one => one.address))
  return addresses.length === 0 ? { kind: 'no-name' } : found([...new Set(addresses)])
}

const ofPodName = (world: World, [pod = '', name = '', namespace = '']: readonly string[]): DnsAnswer => {
  const service = getObject(world.kube, { kind: 'Service', namespace, name })
  const behind = service === undefined ? [] : readyGroups(world.kube, service)
  const address = behind.flatMap(({ addresses }) => addresses).find(one => one.pod === pod)?.address
  return address === undefined ? { kind: 'no-name' } : found([address])
}

/** The service with an address, for reverse look-ups: its full name. */
const nameOfAddress = (world: World, address: string): string | undefined => {
  const service = listObjects(world.kube, 'Service').find(s => s.spec?.clusterIP === address)
  return service === undefined
    ? undefined
    : `${service.metadata.name}.${service.metadata.namespace}.svc.${ZONE}`
}

/** How the cluster's own zone answers a question; `undefined` where the question is for others. */
export const answerForCluster = (world: World, { name, type }: DnsQuestion): DnsAnswer | undefined => {
  if (type === 'PTR') {
    const address = name
      .replace(/\.in-addr\.arpa$/, '')
      .split('.')
      .reverse()
      .join('.')
    const full = nameOfAddress(world, address)
    return full === undefined ? undefined : found([full])
  }
  if (!name.endsWith(`.${ZONE}`)) return undefined
  const parts = name.slice(0, -ZONE.length - 1).split('.')
  const kind = parts.at(-1)
  if (kind === 'pod')
    return parts.length === 3 ? found([(parts[0] ?? '').replaceAll('-', '.')]) : { kind: 'no-name' }
  if (kind !== 'svc') return { kind: 'no-name' }
  const answer =
    parts.length === 4
      ? ofPodName(world, parts)
      : ofNamed(world, { name: parts[0] ?? '', namespace: parts[1] ?? '' }, parts.length)
  return type === 'AAAA' && answer.kind === 'found' ? { kind: 'no-data' } : answer
}

const ofNamed = (
  world: World,
  name: { readonly name: string; readonly namespace: string },
  parts: number,
): DnsAnswer => {
  const service = getObject(world.kube, { kind: 'Service', ...name })
  return service === undefined || parts !== 3 ? { kind: 'no-name' } : ofService(world, service)
}
