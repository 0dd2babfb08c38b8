import { settle } from '../laws/advance.ts'
import { PAST_PID } from '../relations/terminal.ts'
import type { World, WorldName } from '../world/world.ts'
import { buildGravity } from './build-gravity.ts'
import { buildK3s } from './build-k3s.ts'
import { buildMks } from './build-mks.ts'
import type { WorldSetup } from './create-world.ts'
import { dateRevisions } from './kube/date-revisions.ts'
import { writeEarlierBoot } from './node/earlier-boot.ts'
import { recallLoad } from './node/recall-load.ts'
import { recallServices } from './node/recall-services.ts'

const build = (name: WorldName, setup: WorldSetup): World => {
  switch (name) {
    case 'mks':
      return buildMks(setup)
    case 'k3s':
      return buildK3s(setup)
    case 'gravity':
      return buildGravity(setup)
  }
}

/**
 * Builds a healthy base world, settled, with its past behind it. It is changed in place, so it is a copy throughout: builders put
 * the same templates into every world.
 */
export const buildWorld = (name: WorldName, setup: WorldSetup): World => {
  const world = build(name, setup)
  for (const machine of world.machines.values())
    machine.nextPid = Math.max(machine.nextPid, machine.planet?.nextPid ?? 0, PAST_PID)
  for (const machine of world.machines.values()) writeEarlierBoot(world, machine)
  recallServices(world)
  recallLoad(world)
  settle(world)
  dateRevisions(world)
  return structuredClone(world)
}
