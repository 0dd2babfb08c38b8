import { buildWorld, type World, type WorldName, worldNames } from '../../cluster/index.ts'
import { type Drill, isRepaired, openDrill } from '../../drill/index.ts'
import type { DrillSeed } from './drill-seed.ts'
import { loadDrill } from './drills.ts'
import { keptWorld, keptWorldsFolder } from './kept-worlds.ts'

/** A simulated cluster: a drill's, broken, or a healthy one. */
export type Cluster = {
  readonly world: World
  readonly drill: Drill | undefined
  readonly isRepaired: () => Promise<boolean>
}

const HEALTHY = 'healthy'

const worldNameOf = (text: string): WorldName | undefined => worldNames.find(name => name === text)

/** The healthy world that a name means: `healthy`, `healthy:k3s`, or the bare name of a world. */
const healthyWorldName = (name: string): WorldName | undefined => {
  if (name === HEALTHY || name === '') return 'mks'
  return worldNameOf(name.startsWith(`${HEALTHY}:`) ? name.slice(HEALTHY.length + 1) : name)
}

/** Opens the cluster of a name: `healthy[:WORLD]`, a world, or a drill. A UserError when it is none of them. */
export const openCluster = async (name: string, seed: DrillSeed): Promise<Cluster> => {
  const healthy = healthyWorldName(name)
  if (healthy !== undefined)
    return { world: buildWorld(healthy, seed), drill: undefined, isRepaired: async () => true }
  const drill = loadDrill(name)
  const folder = keptWorldsFolder()
  const world = await keptWorld(drill, seed, { folder, make: () => openDrill(drill, seed) })
  return { world, drill, isRepaired: () => isRepaired(drill, world) }
}
