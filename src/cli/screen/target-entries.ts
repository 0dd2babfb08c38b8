import { worldNames } from '../../cluster/index.ts'
import type { TargetEntry } from '../../ui/index.ts'
import { loadDrills } from '../drill/drills.ts'
import { knownTargets } from '../places-at-start.ts'

const worlds: readonly TargetEntry[] = worldNames.map(name => ({
  name: `sim:${name}`,
  about: `a healthy simulated ${name} cluster`,
}))

const list = (): readonly TargetEntry[] => [
  { name: 'local', about: 'this machine' },
  ...knownTargets().map(name => ({ name, about: 'from the ssh configuration' })),
  ...worlds,
  ...loadDrills().map(({ name, title }) => ({ name: `sim:${name}`, about: title })),
]

/**
 * Gives what can be chosen as a target: this machine, those of the ssh configuration, healthy worlds, and the broken ones of drills.
 * The files are read when it is first asked, since it is asked at every key.
 */
export const createTargetList = (): (() => readonly TargetEntry[]) => {
  let known: readonly TargetEntry[] | undefined
  return () => {
    known ??= list()
    return known
  }
}
