import type { Machine } from '../../world/machine.ts'
import type { World } from '../../world/world.ts'
import { addProcessorTime } from '../node/past-journal.ts'
import { writePlanetPast } from './planet-past.ts'
import { recallStandby } from './recall-standby.ts'

/** What has happened since the machines were booted last. */
export const recallBoots = (world: World, hosts: readonly Machine[], planets: readonly Machine[]): void => {
  for (const planet of planets) writePlanetPast(world, planet)
  recallStandby(world, planets)
  for (const machine of hosts) addProcessorTime({ world, machine })
}
