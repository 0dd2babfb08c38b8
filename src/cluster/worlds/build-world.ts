import type { World, WorldName } from '../world/world.ts'
import { buildGravity } from './build-gravity.ts'
import { buildMks } from './build-mks.ts'
import type { WorldSetup } from './create-world.ts'

/** Builds a healthy base world, settled, with its past behind it. */
export const buildWorld = (name: WorldName, setup: WorldSetup): World => {
  switch (name) {
    case 'mks':
    case 'k3s':
      return buildMks(setup)
    case 'gravity':
      return buildGravity(setup)
  }
}
