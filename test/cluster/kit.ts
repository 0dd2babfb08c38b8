import { buildWorld, type Shell, shellAt, type World, type WorldName } from '../../src/cluster/index.ts'

/** A fixed present for tests: 2026-03-02 08:00 UTC. */
export const presentMs = Date.UTC(2026, 2, 2, 8)

const built = new Map<string, World>()

/** A healthy world of its own for whoever asks: each is built once, and copied. */
export const openWorld = (name: WorldName = 'mks', seed = 1): World => {
  const key = `${name} ${seed}`
  const world = built.get(key) ?? buildWorld(name, { seed, nowMs: presentMs })
  built.set(key, world)
  return structuredClone(world)
}

/** A shell at the home machine of a world. */
export const openShell = (world: World = openWorld()): Shell =>
  shellAt(world, { machine: world.home, hasTerminal: false })
