import type { DrillEntry, DrillLog } from './drill-log.ts'
import { CAUSE_GIVES, HINT_COSTS } from './progress.ts'
import type { Drill } from './types.ts'

/** One part of a score: points given of points possible, and why. */
export type ScorePart = {
  readonly name: 'cause' | 'repair' | 'harm' | 'time' | 'path' | 'hints'
  readonly points: number
  readonly of: number
  readonly because: string
}

/** A score, 0 to 100, with its parts. `tookMs` is simulated time. */
export type Score = {
  readonly points: number
  readonly parts: readonly ScorePart[]
  readonly tookMs: number
  readonly hints: number
}

type EntryOf<T extends DrillEntry['type']> = Extract<DrillEntry, { type: T }>

const entriesOf = <T extends DrillEntry['type']>(log: DrillLog, type: T): readonly EntryOf<T>[] =>
  log.entries.filter((entry): entry is EntryOf<T> => entry.type === type)

const WRONG_CAUSE_COSTS = 10
const HARM_COSTS = 5
const MINUTE_MS = 60_000

const clamp = (points: number, most: number): number => Math.max(0, Math.min(most, Math.round(points)))

const scoreCause = (log: DrillLog): ScorePart => {
  const named = entriesOf(log, 'cause-named')
  const wrong = named.filter(entry => !entry.isRight).length
  const isFound = named.some(entry => entry.isRight)
  const points = isFound ? clamp(CAUSE_GIVES - wrong * WRONG_CAUSE_COSTS, CAUSE_GIVES) : 0
  const because = !isFound
    ? 'the cause was not named'
    : wrong === 0
      ? 'the cause was named'
      : `the cause was named after ${wrong} wrong ${wrong === 1 ? 'one' : 'ones'}`
  return { name: 'cause', points, of: CAUSE_GIVES, because }
}

const scoreRepair = (log: DrillLog): ScorePart => {
  const isRepaired = entriesOf(log, 'finished').at(-1)?.isRepaired === true
  const because = isRepaired ? 'the fault is repaired' : 'the fault is still there'
  return { name: 'repair', points: isRepaired ? 35 : 0, of: 35, because }
}

const scoreHarm = (log: DrillLog): ScorePart => {
  const harm = entriesOf(log, 'finished').at(-1)?.harm ?? []
  const because = harm.length === 0 ? 'nothing else was harmed' : harm.join('; ')
  return { name: 'harm', points: clamp(10 - harm.length * HARM_COSTS, 10), of: 10, because }
}

/** Full points up to `full`, none from `none` on, and in between by the distance. */
const between = (value: number, full: number, none: number): number =>
  value <= full ? 10 : value >= none ? 0 : (10 * (none - value)) / (none - full)

const scoreTime = (drill: Drill, log: DrillLog, tookMs: number): ScorePart => {
  if (!log.isTimed) return { name: 'time', points: 0, of: 0, because: 'practice without a clock' }
  const minutes = tookMs / MINUTE_MS
  const points = clamp(between(minutes, drill.parMinutes, drill.parMinutes * 3), 10)
  return { name: 'time', points, of: 10, because: `${minutes.toFixed(1)} min, par ${drill.parMinutes} min` }
}

const scorePath = (drill: Drill, log: DrillLog): ScorePart => {
  const lines = entriesOf(log, 'line-run').length
  const short = drill.solution.length
  const points = clamp(between(lines, short * 2, short * 6), 10)
  return {
    name: 'path',
    points,
    of: 10,
    because: `${lines} ${lines === 1 ? 'command' : 'commands'}; the short path has ${short}`,
  }
}

/** What was spared counts only for whom something came of it: not to act at all is quick, short and harmless. */
const onlyFor = (earned: number, part: ScorePart): ScorePart =>
  earned > 0 || part.of === 0
    ? part
    : { ...part, points: 0, because: `${part.because}; the fault is still there` }

/** Scores a drill that was finished. Practice without a clock counts from 90 points, brought to 100. */
export const scoreDrill = (drill: Drill, log: DrillLog): Score => {
  const tookMs = (log.entries.at(-1)?.atMs ?? log.beganMs) - log.beganMs
  const hints = entriesOf(log, 'hint-taken').length
  const cause = scoreCause(log)
  const repair = scoreRepair(log)
  const parts: readonly ScorePart[] = [
    cause,
    repair,
    onlyFor(repair.points + cause.points, scoreHarm(log)),
    onlyFor(repair.points, scoreTime(drill, log, tookMs)),
    onlyFor(repair.points, scorePath(drill, log)),
    { name: 'hints', points: -hints * HINT_COSTS, of: 0, because: `${hints} taken` },
  ]
  const given = parts.reduce((sum, part) => sum + part.points, 0)
  const possible = parts.reduce((sum, part) => sum + part.of, 0)
  return { points: clamp((given * 100) / possible, 100), parts, tookMs, hints }
}

/** Whether a score says that the fault was repaired. */
export const wasRepaired = ({ parts }: Score): boolean =>
  parts.some(({ name, points }) => name === 'repair' && points > 0)
