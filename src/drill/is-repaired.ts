import { advance, shellAt, type World } from '../cluster/index.ts'
import { fillHandles } from './fill-handles.ts'
import type { Check, Drill } from './types.ts'

/** How long a repair may take to show: leases, back-offs and rollouts have ended by then. */
const SETTLING_MS = 6 * 60_000

const passes = async (world: World, check: Check): Promise<boolean> => {
  const machine = world.handles[check.on] ?? check.on
  const ran = await shellAt(world, { machine, hasTerminal: false }).run(fillHandles(world, check.line))
  const output = ran.stdout + ran.stderr
  const wantsExit = check.exit ?? (check.shows === undefined && check.lacks === undefined ? 0 : undefined)
  return (
    (wantsExit === undefined || ran.exit === wantsExit) &&
    (check.shows === undefined || check.shows.test(output)) &&
    (check.lacks === undefined || !check.lacks.test(output))
  )
}

/** The checks of a drill that a world fails, some minutes from now. The world itself stays as it is: a copy goes ahead. */
export const failedChecks = async (drill: Drill, world: World): Promise<readonly Check[]> => {
  const later = structuredClone(world)
  advance(later, SETTLING_MS)
  const failed: Check[] = []
  for (const check of drill.repaired) if (!(await passes(later, check))) failed.push(check)
  return failed
}

/** Whether a drill's fault is repaired in a world. */
export const isRepaired = async (drill: Drill, world: World): Promise<boolean> =>
  (await failedChecks(drill, world)).length === 0
