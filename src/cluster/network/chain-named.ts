import type { FirewallChain } from '../world/network.ts'

const places = new WeakMap<readonly FirewallChain[], Map<string, number>>()

const placesIn = (chains: readonly FirewallChain[]): Map<string, number> => {
  const fresh = new Map(chains.map(({ name }, place) => [name, place]))
  places.set(chains, fresh)
  return fresh
}

/** A chain of a table by its name. Where it stood is remembered, since each packet asks for many. */
export const chainNamed = (chains: readonly FirewallChain[], name: string): FirewallChain | undefined => {
  const known = places.get(chains) ?? placesIn(chains)
  const found = chains[known.get(name) ?? -1]
  if (found?.name === name) return found
  // Somebody has changed the table since, or it has no such chain.
  return known.size === chains.length && !known.has(name)
    ? undefined
    : chains[placesIn(chains).get(name) ?? -1]
}
