import { rankTexts } from '../../base/index.ts'
import type { LineResult } from '../../cluster/index.ts'
import type { Knowledge } from '../../diagnosis/index.ts'
import type { DrillRun } from '../../drill/index.ts'
import { wrapWords } from '../wrap-words.ts'
import { parseFault } from './parse-fault.ts'
import { presentStory, presentWords } from './present-briefing.ts'

/** How a drill's shell is left: to go on elsewhere in the same drill, to be scored, or without a score. */
export type WordEnd = 'back' | 'finish' | 'give-up'

/** Where the words of a drill are typed. */
export type DrillSeat = {
  readonly run: DrillRun
  readonly knowledge: Knowledge
  /** Also the word that breaks more. */
  readonly isTeacher: boolean
  readonly say: (lines: readonly string[]) => void
  readonly columns: () => number
  /** What the word `triage` does. */
  readonly triage: () => Promise<'done' | 'back'>
}

/** What came of a word: nothing more, or the shell is left. */
export type Taken = 'done' | WordEnd

const MOST_LISTED = 12

/** The causes that hold what was typed, or how they are come by. */
const listCauses = ({ knowledge, say }: DrillSeat, words: string): void => {
  const titles = [...knowledge.causes.values()].map(({ id, title }) => `${title} (${id})`)
  const found = rankTexts(
    titles.map(title => title.toLowerCase()),
    words,
  )
  if (words === '')
    say(['Type diagnose and the id of a cause; diagnose and a word lists the causes with it.'])
  else if (found.length === 0)
    say([`No cause holds "${words}". diagnose and another word lists the causes with it.`])
  else
    say([
      `"${words}" is not the id of a cause. These fit, each with its id:`,
      ...found.slice(0, MOST_LISTED).map(at => `  ${titles[at]}`),
      ...(found.length > MOST_LISTED
        ? [`  and ${found.length - MOST_LISTED} more: a second word finds fewer`]
        : []),
    ])
}

const nameCause = (seat: DrillSeat, cause: string): Taken => {
  const { run, knowledge, say } = seat
  if (!knowledge.causes.has(cause)) {
    listCauses(seat, cause)
    return 'done'
  }
  const { isRight } = run.nameCause(cause)
  say([isRight ? `Right: ${cause}. Repair it, then finish.` : `${cause} is not what is wrong here.`])
  return 'done'
}

const changeClock = ({ run, say }: DrillSeat): Taken => {
  const clock = run.progress().clock === 'practice' ? 'timed' : 'practice'
  run.setClock(clock)
  const now = run.progress().clock
  if (now !== clock) say(['The drill has begun: the clock stays as it is.'])
  else say([now === 'practice' ? 'The clock no longer counts.' : 'The clock counts again.'])
  return 'done'
}

/** What a teacher is told of an injected fault: of a line, what it printed and whether it went wrong. */
const wordInjection = (result: LineResult | undefined): readonly string[] => {
  const printed = `${result?.stdout ?? ''}${result?.stderr ?? ''}`.trimEnd()
  const failure = result === undefined || result.exit === 0 ? [] : [`It ended with exit code ${result.exit}.`]
  return [
    ...(printed === '' ? [] : printed.split('\n')),
    ...failure,
    'Done. It does not count among what the trainee ran.',
  ]
}

const injectFault = async ({ run, say, columns }: DrillSeat, text: string): Promise<Taken> => {
  const fault = parseFault(text)
  if (typeof fault === 'string') say(wrapWords(fault, columns()))
  else
    try {
      say(wordInjection(await run.injectFault(fault)))
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      say([`That cannot be: ${error.message}.`])
    }
  return 'done'
}

const tellWords = ({ say, isTeacher }: DrillSeat): Taken => {
  say(['Beside shell commands you can type:', ...presentWords(isTeacher)])
  return 'done'
}

/** What the words of a drill do; `rest` is what stands behind the word. */
const tasks: Readonly<Record<string, (seat: DrillSeat, rest: string) => Promise<Taken>>> = {
  diagnose: async (seat, rest) => nameCause(seat, rest),
  hint: async ({ run, say }) => {
    say([run.takeHint() ?? 'All three hints were taken.'])
    return 'done'
  },
  story: async ({ run, say, columns }) => {
    say(presentStory(run, columns()))
    return 'done'
  },
  '?': async seat => tellWords(seat),
  help: async seat => tellWords(seat),
  clock: async seat => changeClock(seat),
  triage: ({ triage }) => triage(),
  inject: injectFault,
  finish: async () => 'finish',
  'give-up': async () => 'give-up',
}

/** The task of a line that is one of the drill's words; anything else is for the shell. */
export const wordTask = (seat: DrillSeat, line: string): (() => Promise<Taken>) | undefined => {
  const [, word = '', rest = ''] = /^\s*(\S+)\s*(.*?)\s*$/.exec(line) ?? []
  if (word === 'inject' && !seat.isTeacher) return undefined
  // The shell tells of its own commands.
  if (word === 'help' && rest !== '') return undefined
  const task = Object.hasOwn(tasks, word) ? tasks[word] : undefined
  return task === undefined ? undefined : () => task(seat, rest)
}
