import { keepPlanets } from '../laws/gravity/keep-planets.ts'
import { allServices } from '../services/all-services.ts'
import { registerServices } from '../services/services.ts'
import type { World } from '../world/world.ts'

/** Takes in a world that another run of the program built, so that what its services do, and what Planet shares with its host, is known here too. */
export const adoptWorld = (world: World): World => {
  registerServices(allServices)
  keepPlanets(world, 0)
  return world
}
