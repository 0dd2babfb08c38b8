import { type Drill, levelMeans } from '../../drill/index.ts'
import type { DrillEntry } from '../../ui/index.ts'
import { loadDrills } from '../drill/drills.ts'
import { ownScores } from '../drill/score-book.ts'

/** A drill as the screens list it, with the trainee's scores of it. */
export const drillEntry = (drill: Drill, points: readonly number[]): DrillEntry => ({
  name: drill.name,
  title: drill.title,
  layer: drill.layer,
  level: drill.level,
  levelMeans: levelMeans(drill.level),
  parMinutes: drill.parMinutes,
  world: drill.world,
  best: points.length === 0 ? undefined : Math.max(...points),
})

/** Every bundled drill, easy ones first. */
export const drillEntries = (stateDir: string): readonly DrillEntry[] => {
  const byDrill = Map.groupBy(ownScores(stateDir), score => score.drill)
  return loadDrills().map(drill =>
    drillEntry(
      drill,
      (byDrill.get(drill.name) ?? []).map(score => score.points),
    ),
  )
}
