import { expect, test } from 'vitest'
import { serviceChains } from '../../src/cluster/network/service-rules.ts'
import { openWorld } from './kit.ts'

test.each(['mks', 'k3s', 'gravity'] as const)('every service of the world %s has chains of its own', name => {
  const world = openWorld(name)
  const chains = serviceChains(world.kube).nat.map(chain => chain.name)
  expect(chains.length).toBeGreaterThan(20)
  expect(chains.filter((chain, index) => chains.indexOf(chain) !== index)).toEqual([])
})
