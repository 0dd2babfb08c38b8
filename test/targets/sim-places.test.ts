import { describe, expect, test } from 'vitest'
import { loadBundledLibrary } from '../../src/cli/load-library.ts'
import { buildWorld, type WorldName, worldNames } from '../../src/cluster/index.ts'
import { type Executor, openSimExecutor } from '../../src/targets/index.ts'

const places = new Set(
  [...loadBundledLibrary().trees.values()].flatMap(tree =>
    tree.steps.flatMap(step => step.commands.flatMap(({ place }) => place ?? [])),
  ),
)

const nodes: Readonly<Record<WorldName, string>> = { mks: 'worker-2', k3s: 'worker-2', gravity: 'node-3' }

const openSim = (name: WorldName, node: string): Promise<Executor> =>
  openSimExecutor({
    world: buildWorld(name, { seed: 1, nowMs: Date.UTC(2026, 2, 2, 8) }),
    name: `sim:${name}`,
    node,
    lendTerminal: use => use(),
  })

/** What each place means in each world, where the story is about the machine above. */
const expected: Readonly<Record<WorldName, Readonly<Record<string, string>>>> = {
  mks: {
    workstation: 'workstation',
    'control-plane': 'cp-1',
    node: 'worker-2',
    worker: 'worker-2',
    pod: 'worker-2',
    planet: 'worker-2',
    // No balancer there: the runbook's step finds that out at the home machine.
    haproxy: 'workstation',
  },
  k3s: {
    workstation: 'workstation',
    'control-plane': 'k3s-control-1',
    node: 'k3s-worker-2',
    worker: 'k3s-worker-2',
    pod: 'k3s-worker-2',
    planet: 'k3s-worker-2',
    haproxy: 'lb-1',
  },
  gravity: {
    workstation: 'node-1',
    'control-plane': 'node-1',
    node: 'node-3',
    worker: 'node-3',
    pod: 'node-3',
    planet: 'node-3',
    haproxy: 'node-1',
  },
}

describe.each(worldNames.map(name => [name] as const))('in the simulated world %s', name => {
  test('every place of every runbook is the machine that is meant', async () => {
    const { hostOf, close } = await openSim(name, nodes[name])
    expect(Object.fromEntries([...places].map(place => [place, hostOf?.(place)]))).toEqual(expected[name])
    await close()
  })

  test('a worker is a worker, also where the story is about another machine', async () => {
    const { hostOf, close } = await openSim(name, 'control-plane')
    expect(hostOf?.('node')).toBe(expected[name]['control-plane'])
    expect(hostOf?.('worker')).toMatch(/worker-1|node-2/)
    await close()
  })
})
