import { beginDrill, type DrillRun, wasRepaired } from '../../drill/index.ts'
import type { Invocation } from '../command.ts'
import { createWorkbench } from '../compose-session.ts'
import { exitCodes } from '../exit-codes.ts'
import { holdKeyboard } from '../hold-keyboard.ts'
import { loadKnowledge } from '../load-knowledge.ts'
import { loadBundledLibrary } from '../load-library.ts'
import type { LineReader } from '../plain/line-reader.ts'
import { print } from '../print.ts'
import { screenWishes } from '../screen-wishes.ts'
import { sessionSettings } from '../session-settings.ts'
import { stateDirOf } from '../state-dir-of.ts'
import { createTerminalLoan } from '../terminal-loan.ts'
import { chooseView } from '../view.ts'
import { bookDrill } from './book-drill.ts'
import { scoreChart } from './drill-scores.ts'
import { drillSeed, readSeed } from './drill-seed.ts'
import { enterDrillShell, traineeShell } from './drill-shell.ts'
import { drillTriage } from './drill-triage.ts'
import type { DrillSeat } from './drill-words.ts'
import { loadDrill } from './drills.ts'
import { createJudges } from './judges.ts'
import { presentBooked } from './present-booked.ts'
import { presentBriefing } from './present-briefing.ts'
import { presentDebrief } from './present-debrief.ts'
import { pointsOf } from './score-book.ts'

const MINUTE_MS = 60_000
const WIDEST = 100

const columnsOf = (): number => Math.min(WIDEST, process.stdout.columns ?? 80)
const say = (lines: readonly string[]): void => print.out(lines.join('\n'))

/** The clock in front of the prompt. */
const clockOf =
  (run: DrillRun, { settings }: Invocation) =>
  (): string => {
    const { clock, tookMs, parMinutes } = run.progress()
    if (clock === 'practice' || settings.values['drill.clock'] === 'hidden') return ''
    return `[${(tookMs / MINUTE_MS).toFixed(0)}/${parMinutes} min] `
  }

const finish = async (run: DrillRun, invocation: Invocation): Promise<number> => {
  const stateDir = stateDirOf(invocation)
  const debrief = await run.finish()
  const booked = bookDrill(stateDir, run, debrief)
  const history = pointsOf(stateDir, run.drill.name)
  say(['', ...presentDebrief(debrief)])
  if (history.length > 1) say(['', `Your scores for this drill: ${scoreChart(history)}`])
  presentBooked(booked).forEach(print.error)
  return wasRepaired(debrief.score) ? exitCodes.done : exitCodes.problem
}

const begin = async (name: string, invocation: Invocation): Promise<DrillSeat> => {
  const drill = loadDrill(name)
  const knowledge = loadKnowledge()
  const isTimed = !invocation.flags.has('practice')
  say(['Preparing the cluster …'])
  const setup = { ...drillSeed(readSeed(invocation)), isTimed, judges: createJudges(knowledge) }
  const run = await beginDrill(drill, setup)
  const isTeacher = invocation.flags.has('teacher')
  say(presentBriefing(run, { columns: columnsOf(), isTimed, isTeacher }))
  return {
    run,
    knowledge,
    isTeacher,
    say,
    columns: columnsOf,
    triage: async () => {
      await drillTriage(run, { knowledge, invocation })
      return 'done'
    },
  }
}

const startInShell = async (name: string, invocation: Invocation): Promise<number> => {
  const seat = await begin(name, invocation)
  const { run } = seat
  const end = await enterDrillShell(seat, {
    shell: traineeShell(run.world),
    onLine: run.note,
    prefix: clockOf(run, invocation),
  })
  return end === 'give-up' ? exitCodes.problem : finish(run, invocation)
}

/** A drill as linear text; gives the exit code. Without a reader it reads the program's own input. */
export const drillInText = async (
  name: string,
  invocation: Invocation,
  reader?: LineReader,
): Promise<number> => {
  const { drillPlain } = await import('./drill-plain.ts')
  const seat = await begin(name, invocation)
  const end = await drillPlain(seat, clockOf(seat.run, invocation), {
    knowledge: seat.knowledge,
    invocation,
    ...(reader === undefined ? {} : { reader }),
  })
  return end === 'give-up' ? exitCodes.problem : finish(seat.run, invocation)
}

const startInScreens = async (name: string, invocation: Invocation): Promise<number> => {
  loadDrill(name)
  holdKeyboard()
  const loan = createTerminalLoan()
  const workbench = await createWorkbench({
    settings: sessionSettings(invocation),
    library: loadBundledLibrary(),
    knowledge: loadKnowledge(),
    lendTerminal: loan.lend,
  })
  const { walkScreen } = await import('../walk-screen.ts')
  return walkScreen({
    workbench,
    loan,
    wishes: screenWishes(invocation),
    drill: {
      name,
      isTimed: !invocation.flags.has('practice'),
      isTeacher: invocation.flags.has('teacher'),
    },
  })
}

/**
 * `runtree drill start NAME`: briefing, the broken cluster with its runbooks and a free shell, score and debrief. In the screens; with
 * `--shell` in the shell first; as linear text with `--plain` and where there is no terminal.
 */
export const drillStart = (name: string, invocation: Invocation): Promise<number> => {
  if (chooseView(invocation) === 'plain') return drillInText(name, invocation)
  return invocation.flags.has('shell') ? startInShell(name, invocation) : startInScreens(name, invocation)
}
