import type { World } from '../world/world.ts'
import { createMachine } from './create-machine.ts'
import { createWorld, type WorldSetup } from './create-world.ts'
import { kubernetesUnits, rafayUnits } from './node/kubernetes-units.ts'

const DAY_MS = 86_400_000

/** An MKS cluster: a workstation, one control plane, two workers, managed through Rafay. */
export const buildMks = (setup: WorldSetup): World => {
  const world = createWorld('mks', setup)
  const bootedMs = world.nowMs - 41 * DAY_MS
  const machines = [
    { name: 'workstation', role: 'workstation', address: '10.0.4.5', cores: 4, memoryGiB: 8 },
    { name: 'cp-1', role: 'control-plane', address: '10.0.4.11', cores: 4, memoryGiB: 8 },
    { name: 'worker-1', role: 'worker', address: '10.0.4.21', cores: 8, memoryGiB: 16 },
    { name: 'worker-2', role: 'worker', address: '10.0.4.22', cores: 8, memoryGiB: 16 },
  ] as const
  for (const [index, machine] of machines.entries()) {
    const units = machine.role === 'workstation' ? [] : [...kubernetesUnits, ...rafayUnits]
    world.machines.set(machine.name, createMachine(world, { ...machine, bootedMs, index, units }))
  }
  world.handles = {
    workstation: 'workstation',
    'control-plane': 'cp-1',
    'worker-1': 'worker-1',
    'worker-2': 'worker-2',
  }
  return world
}
