import { LOAD_WINDOWS_MS, loadDemand, loadLevel } from '../../relations/processor.ts'
import type { World } from '../../world/world.ts'

/** Gives each machine of a world the load averages that its processes have brought about until now. */
export const recallLoad = (world: World): void => {
  for (const machine of world.machines.values()) {
    const demand = loadDemand(machine)
    const level = (windowMs: number): number => loadLevel(machine, { demand, windowMs, atMs: world.nowMs })
    const [one, five, fifteen] = LOAD_WINDOWS_MS
    machine.load = [level(one), level(five), level(fifteen)]
  }
}
