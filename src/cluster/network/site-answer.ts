import { mainAddressOf } from '../relations/find-machine.ts'
import type { OutsideHost, World } from '../world/world.ts'
import type { DnsAnswer, DnsQuestion } from './dns-answer.ts'

const SITE_DOMAIN = 'example.internal'
const MINUTES_S = 300

const siteMachine = (world: World, name: string): string | undefined => {
  const machine = world.machines.get(
    name.endsWith(`.${SITE_DOMAIN}`) ? name.slice(0, -SITE_DOMAIN.length - 1) : name,
  )
  return machine === undefined ? undefined : (machine.siteAddress ?? mainAddressOf(machine))
}

const addressesOf = (world: World, name: string): readonly string[] => {
  const record = world.fabric.records[name]
  if (record !== undefined) return [record]
  const near = siteMachine(world, name)
  if (near !== undefined) return [near]
  return world.fabric.outside.filter(host => host.names.includes(name)).map(host => host.address)
}

const isOfSite = (world: World, name: string): boolean =>
  name.endsWith(`.${SITE_DOMAIN}`) || world.fabric.records[name] !== undefined || !name.includes('.')

/** How a resolver of the site answers: its own names, and those of the internet while the way there works. */
export const siteAnswer = (world: World, resolver: OutsideHost, { name, type }: DnsQuestion): DnsAnswer => {
  const isLive = world.fabric.liveResolvers.includes(resolver.address) || !isNearby(world, resolver)
  if (!isLive) return { kind: 'timeout' }
  if (isNearby(world, resolver) && !isOfSite(world, name) && !world.fabric.hasInternet)
    return { kind: 'server-failure' }
  if (!isNearby(world, resolver) && isOfSite(world, name)) return { kind: 'no-name' }
  const addresses = addressesOf(world, name)
  if (addresses.length === 0) return { kind: 'no-name' }
  return type === 'A' ? { kind: 'found', addresses, ttlS: MINUTES_S } : { kind: 'no-data' }
}

const isNearby = (world: World, { address }: OutsideHost): boolean =>
  address.startsWith(`${world.fabric.gateway.split('.').slice(0, 3).join('.')}.`)
