import type { Invocation } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { print } from '../print.ts'
import { stateDirOf } from '../state-dir-of.ts'
import { type BookedScore, readScores } from './score-book.ts'

const bars = '▁▂▃▄▅▆▇█'

/** Points from 0 to 100 as a row of bars, oldest first. */
export const scoreChart = (points: readonly number[]): string =>
  points.map(value => bars[Math.min(bars.length - 1, Math.floor((value / 100) * bars.length))]).join('')

const groupByDrill = (scores: readonly BookedScore[]): ReadonlyMap<string, readonly BookedScore[]> =>
  Map.groupBy(scores, ({ trainee, drill }) => `${trainee}\t${drill}`)

const MINUTE_MS = 60_000
const NEWEST = 20

const presentGroup = ([key, scores]: readonly [string, readonly BookedScore[]]): string => {
  const [trainee = '', drill = ''] = key.split('\t')
  const points = scores.map(score => score.points)
  const best = Math.max(...points)
  const last = scores.at(-1)
  const minutes = ((last?.tookMs ?? 0) / MINUTE_MS).toFixed(1)
  return `${trainee.padEnd(12)} ${drill.padEnd(32)} ${String(points.at(-1)).padStart(4)} ${String(best).padStart(4)} ${minutes.padStart(6)} min  ${scoreChart(points.slice(-NEWEST))}`
}

/** `runtree drill scores`: the newest and the best score of each trainee and drill, with their history as a small chart. */
export const drillScores = (invocation: Invocation): number => {
  const scores = readScores(stateDirOf(invocation))
  if (invocation.flags.has('json')) {
    print.out(JSON.stringify(scores))
    return exitCodes.done
  }
  if (scores.length === 0) {
    print.out('No drill was finished yet. "runtree drill list" lists them.')
    return exitCodes.done
  }
  print.out(`${'trainee'.padEnd(12)} ${'drill'.padEnd(32)} last best   time      history`)
  for (const group of groupByDrill(scores)) print.out(presentGroup(group))
  return exitCodes.done
}
