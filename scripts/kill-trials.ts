// Kills the program with SIGKILL at random moments of walks, on this machine and in a simulated cluster, and looks at what it left:
// npm run kill-trials -- [--trials N] [--seed N] [--at-once N]
import { parseArgs } from 'node:util'
import { type Moment, type Trial, tryKill, type Walk } from '../test/kit/kill-trial.ts'

const walks: readonly Walk[] = ['local', 'typed', 'sim']

// Some are killed before their session has begun, most of them later, by when they would not have ended.
const EARLY_SHARE = 0.1
const LATEST_MS = 5_000

// Numerical Recipes' generator: a seed gives the same moments again, as far as a machine can.
const createChance = (seed: number) => {
  let state = seed
  return (): number => {
    state = (state * 1664525 + 1013904223) % 4294967296
    return state / 4294967296
  }
}

const { values } = parseArgs({
  options: {
    trials: { type: 'string', default: '300' },
    seed: { type: 'string', default: '1' },
    'at-once': { type: 'string', default: '2' },
  },
})

const trials: Trial[] = []
const chance = createChance(Number(values.seed))
const plan = Array.from(
  { length: Number(values.trials) },
  (_, index): Moment => ({
    walk: walks[index % walks.length] ?? 'local',
    since: chance() < EARLY_SHARE ? 'start' : 'first word',
    afterMs: Math.round(chance() * LATEST_MS),
  }),
)

const work = async (): Promise<void> => {
  for (let next = plan.shift(); next !== undefined; next = plan.shift()) {
    const trial = await tryKill(next)
    trials.push(trial)
    for (const sentence of trial.wrong)
      console.log(`${trial.walk}, ${trial.afterMs} ms after ${trial.since}: ${sentence}`)
    if (trials.length % 25 === 0) console.log(`${trials.length} trials`)
  }
}
await Promise.all(Array.from({ length: Number(values['at-once']) }, work))

const sum = (of: readonly Trial[], figure: 'events' | 'outputs'): number =>
  of.reduce((total, trial) => total + trial[figure], 0)
for (const walk of walks) {
  const of = trials.filter(trial => trial.walk === walk)
  const found = (word: Trial['found']): number => of.filter(trial => trial.found === word).length
  console.log(
    `${walk}: ${of.length} trials, ${found('cut off')} cut off, ${found('no session yet')} before a session began, ${found('ended before')} after it had ended; ${sum(of, 'events')} events and ${sum(of, 'outputs')} outputs looked at`,
  )
}
const wrong = trials.filter(trial => trial.wrong.length > 0).length
console.log(`${wrong} of ${trials.length} trials left something wrong`)
if (wrong > 0) process.exitCode = 1
