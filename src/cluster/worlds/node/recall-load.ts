import { loadDemand } from '../../relations/processor.ts'
import type { World } from '../../world/world.ts'

/** What the longer averages of a machine are beside the shortest: it had a little more to do some minutes ago. */
const EARLIER = [1, 1.12, 1.06] as const

/** Gives each machine of a world the load averages that its processes have brought about until now. */
export const recallLoad = (world: World): void => {
  for (const machine of world.machines.values()) {
    const demand = loadDemand(machine)
    machine.load = [demand * EARLIER[0], demand * EARLIER[1], demand * EARLIER[2]]
  }
}
