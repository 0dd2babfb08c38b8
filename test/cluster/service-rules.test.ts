import { expect, test } from 'vitest'
import type { World } from '../../src/cluster/index.ts'
import { serviceChains } from '../../src/cluster/network/service-rules.ts'
import { openShell, openWorld } from './kit.ts'

test.each(['mks', 'k3s', 'gravity'] as const)('every service of the world %s has chains of its own', name => {
  const world = openWorld(name)
  const chains = serviceChains(world.kube, 'worker-1').nat.map(chain => chain.name)
  expect(chains.length).toBeGreaterThan(20)
  expect(chains.filter((chain, index) => chains.indexOf(chain) !== index)).toEqual([])
})

const natChainsOf = (world: World): readonly string[] =>
  (world.machines.get('worker-1')?.firewall.nat ?? [])
    .map(chain => chain.name)
    .filter(name => name.startsWith('KUBE-'))

test('the rules on a node are those of its services, from the first look on and as they change', async () => {
  const world = openWorld()
  const shell = openShell(world)
  expect(natChainsOf(world)).toEqual(serviceChains(world.kube, 'worker-1').nat.map(chain => chain.name))
  await shell.run('kubectl -n shop scale deployment web --replicas=2; sleep 20')
  expect(natChainsOf(world)).toEqual(serviceChains(world.kube, 'worker-1').nat.map(chain => chain.name))
  await shell.run('sleep 60')
  expect(natChainsOf(world)).toEqual(serviceChains(world.kube, 'worker-1').nat.map(chain => chain.name))
})
