import { buildWorld, type Shell, shellAt, type World, type WorldName } from '../../src/cluster/index.ts'

/** A fixed present for tests: 2026-03-02 08:00 UTC. */
export const presentMs = Date.UTC(2026, 2, 2, 8)

/** A healthy world. */
export const openWorld = (name: WorldName = 'mks', seed = 1): World =>
  buildWorld(name, { seed, nowMs: presentMs })

/** A shell at the home machine of a world. */
export const openShell = (world: World = openWorld()): Shell =>
  shellAt(world, { machine: world.home, hasTerminal: false })
