import { setTimeout as wait } from 'node:timers/promises'
import { shellAt } from '../../cluster/index.ts'
import type { Knowledge } from '../../diagnosis/index.ts'
import { beginDrill, type DrillRun } from '../../drill/index.ts'
import { useShell } from '../../targets/index.ts'
import type { Invocation } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { loadKnowledge } from '../load-knowledge.ts'
import { print } from '../print.ts'
import { UserError } from '../user-error.ts'
import { bookDrill } from './book-drill.ts'
import { scoreChart } from './drill-scores.ts'
import { drillSeed, readSeed } from './drill-seed.ts'
import { drillTriage } from './drill-triage.ts'
import { loadDrill } from './drills.ts'
import { createJudges } from './judges.ts'
import { parseFault } from './parse-fault.ts'
import { presentBooked } from './present-booked.ts'
import { presentBriefing, presentStory } from './present-briefing.ts'
import { presentDebrief } from './present-debrief.ts'
import { readScores } from './score-book.ts'

const SECOND_MS = 200
const MINUTE_MS = 60_000
const WIDEST = 100

const columnsOf = (): number => Math.min(WIDEST, process.stdout.columns ?? 80)
const say = (lines: readonly string[]): void => print.out(lines.join('\n'))

/** What a drill at the terminal is run with. */
type Desk = {
  readonly run: DrillRun
  readonly knowledge: Knowledge
  readonly invocation: Invocation
  readonly isTimed: boolean
}

type Taken = 'done' | 'leave'

const nameCause = ({ run, knowledge }: Desk, cause: string): Taken => {
  if (!knowledge.causes.has(cause)) {
    say([`There is no cause "${cause}". Press Tab behind "diagnose " to see the ids.`])
    return 'done'
  }
  const entry = run.nameCause(cause)
  const isRight = entry.type === 'cause-named' && entry.isRight
  say([isRight ? `Right: ${cause}. Repair it, then finish.` : `${cause} is not what is wrong here.`])
  return 'done'
}

const injectFault = async ({ run }: Desk, text: string): Promise<Taken> => {
  const fault = parseFault(text)
  if (typeof fault === 'string') say([fault])
  else
    try {
      await run.injectFault(fault)
      say(['Done. The trainee sees nothing of this line.'])
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      say([`That cannot be: ${error.message}.`])
    }
  return 'done'
}

/** What the words of a drill do; `rest` is what stands behind the word. */
const tasks: Readonly<Record<string, (desk: Desk, rest: string) => Promise<Taken>>> = {
  diagnose: async (desk, rest) => nameCause(desk, rest),
  hint: async ({ run }) => {
    say([run.takeHint() ?? 'All three hints were taken.'])
    return 'done'
  },
  story: async ({ run }) => {
    say(presentStory(run, columnsOf()))
    return 'done'
  },
  triage: async ({ run, knowledge, invocation }) => {
    await drillTriage(run, { knowledge, invocation })
    return 'done'
  },
  inject: injectFault,
  finish: async () => 'leave',
  'give-up': async () => 'leave',
}

/** The task of a line that is one of the drill's words; anything else is for the shell. */
const taskOf = (desk: Desk, line: string): (() => Promise<Taken>) | undefined => {
  const [, word = '', rest = ''] = /^\s*(\S+)\s*(.*?)\s*$/.exec(line) ?? []
  if (word === 'inject' && !desk.invocation.flags.has('teacher')) return undefined
  const task = Object.hasOwn(tasks, word) ? tasks[word] : undefined
  return task === undefined ? undefined : () => task(desk, rest)
}

const clockOf =
  ({ run, isTimed, invocation }: Desk) =>
  (): string => {
    if (!isTimed || invocation.settings.values['drill.clock'] === 'hidden') return ''
    const minutes = (run.world.nowMs - run.log().beganMs) / MINUTE_MS
    return `[${minutes.toFixed(0)}/${run.drill.parMinutes} min] `
  }

const finish = async ({ run, invocation }: Desk): Promise<number> => {
  const debrief = await run.finish()
  const booked = bookDrill(invocation, run, debrief)
  const earlier = readScores(invocation).filter(score => score.drill === run.drill.name)
  say(['', ...presentDebrief(debrief)])
  if (earlier.length > 1)
    say(['', `Your scores for this drill: ${scoreChart(earlier.map(score => score.points))}`])
  presentBooked(booked).forEach(print.error)
  const isRepaired = debrief.score.parts.some(part => part.name === 'repair' && part.points > 0)
  return isRepaired ? exitCodes.done : exitCodes.problem
}

/** `runtree drill start NAME`: briefing, a free shell in the broken cluster with the triage screen beside it, score and debrief. */
export const drillStart = async (name: string, invocation: Invocation): Promise<number> => {
  if (!process.stdin.isTTY || !process.stdout.isTTY)
    throw new UserError({
      code: 'E_CLI_TERMINAL',
      message: 'A drill needs a terminal.',
      hint: 'Without one use drill start NAME --headless --script FILE, or drill exec NAME.',
    })
  const drill = loadDrill(name)
  const knowledge = loadKnowledge()
  const isTimed = !invocation.flags.has('practice')
  const seed = drillSeed(readSeed(invocation))
  say(['Preparing the cluster …'])
  const run = await beginDrill(drill, { ...seed, isTimed, judges: createJudges(knowledge) })
  const desk: Desk = { run, knowledge, invocation, isTimed }
  say(presentBriefing(run, { columns: columnsOf(), isTimed }))
  const pause = async (signal: AbortSignal | undefined): Promise<void> => {
    await wait(SECOND_MS, undefined, signal === undefined ? {} : { signal }).catch(() => undefined)
  }
  const shell = shellAt(run.world, { machine: run.world.home, hasTerminal: true, pause })
  let isGivenUp = false
  await useShell(shell, {
    prefix: clockOf(desk),
    onLine: (line, ran) => void run.note(line, ran),
    completeMore: line =>
      /^\s*diagnose\s+\S*$/.test(line)
        ? [...knowledge.causes.keys()].filter(id => id.startsWith(/\S*$/.exec(line)?.[0] ?? ''))
        : [],
    intercept: line => {
      isGivenUp = line.trim() === 'give-up'
      return taskOf(desk, line)
    },
  })
  return isGivenUp ? exitCodes.problem : finish(desk)
}
