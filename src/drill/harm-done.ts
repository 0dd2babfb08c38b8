import { stateOf, type World } from '../cluster/index.ts'

const lost = (before: readonly string[], after: readonly string[]): readonly string[] => {
  const kept = new Set(after)
  return before.filter(item => !kept.has(item))
}

const few = (items: readonly string[]): string =>
  items.length <= 3 ? items.join(', ') : `${items.slice(0, 3).join(', ')} and ${items.length - 3} more`

/**
 * What works or exists in `before` and no longer in `after`, as sentences: services, nodes, workloads, stored objects, files that
 * matter, rules of the packet filter. What the fault itself had broken is not in `before` and so is not held against anybody.
 */
export const harmDone = (before: World, after: World): readonly string[] => {
  const was = stateOf(before)
  const is = stateOf(after)
  const losses: readonly (readonly [readonly string[], string])[] = [
    [lost(was.runningUnits, is.runningUnits), 'no longer running'],
    [lost(was.readyNodes, is.readyNodes), 'no longer ready for pods'],
    [lost(was.readyWorkloads, is.readyWorkloads), 'no longer fully ready'],
    [lost(was.storedObjects, is.storedObjects), 'deleted'],
    [lost(was.vitalFiles, is.vitalFiles), 'removed'],
    [lost(was.firewallRules, is.firewallRules), 'taken out of the packet filter'],
  ]
  return losses.filter(([items]) => items.length > 0).map(([items, what]) => `${few(items)} ${what}`)
}
