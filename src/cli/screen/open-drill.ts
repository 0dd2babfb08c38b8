import type { LineResult } from '../../cluster/index.ts'
import { beginDrill, type DrillRun, fillHandles } from '../../drill/index.ts'
import { openSimExecutor } from '../../targets/index.ts'
import type { OpenDrill } from '../../ui/index.ts'
import { newSession, type Workbench, workbenchWith } from '../compose-session.ts'
import { bookDrill } from '../drill/book-drill.ts'
import { drillSeed } from '../drill/drill-seed.ts'
import { enterDrillShell, traineeShell } from '../drill/drill-shell.ts'
import { loadDrill } from '../drill/drills.ts'
import { createJudges } from '../drill/judges.ts'
import { presentWords } from '../drill/present-briefing.ts'
import { pointsOf } from '../drill/score-book.ts'
import { loadBundledLibrary } from '../load-library.ts'
import { print } from '../print.ts'
import { resolveRunbook } from '../resolve-runbook.ts'
import type { TerminalLoan } from '../terminal-loan.ts'
import { drillEntry } from './drill-entries.ts'

/** How drills of the screens begin. */
export type DrillWishes = {
  readonly isTimed: boolean
  readonly isTeacher: boolean
}

/** What a drill is opened with: the workbench that its own one is made after, and who is told which one counts now. */
export type DrillMeans = {
  readonly base: Workbench
  readonly loan: TerminalLoan
  readonly wishes: DrillWishes
  readonly use: (workbench: Workbench | undefined) => void
}

const WIDEST = 100

const greet = (isTeacher: boolean): void => {
  print.out('\nThe shell of the drill. exit goes back to the screens. Beside shell commands:')
  presentWords(isTeacher).forEach(print.out)
  print.out('')
}

const openWorkbench = async (run: DrillRun, means: DrillMeans, notify: () => void): Promise<Workbench> => {
  const { base, loan } = means
  const executor = await openSimExecutor({
    world: run.world,
    name: `sim:${run.drill.name}`,
    node: run.drill.node,
    lendTerminal: loan.lend,
    onLine: (line, ran) => {
      run.note(line, ran)
      notify()
    },
  })
  const { knowledge } = base.context
  const library = loadBundledLibrary()
  return workbenchWith(executor, { settings: base.settings, library, knowledge, lendTerminal: loan.lend })
}

const shellUser = (
  run: DrillRun,
  { base, wishes }: DrillMeans,
  notify: () => void,
): OpenDrill['enterShell'] => {
  const shell = traineeShell(run.world)
  let isKnown = false
  return () => {
    if (!isKnown) greet(wishes.isTeacher)
    isKnown = true
    const seat = {
      run,
      knowledge: base.context.knowledge,
      isTeacher: wishes.isTeacher,
      say: (lines: readonly string[]) => print.out(lines.join('\n')),
      columns: () => Math.min(WIDEST, process.stdout.columns ?? WIDEST),
      triage: async () => 'back' as const,
    }
    const onLine = (line: string, ran: LineResult): void => {
      run.note(line, ran)
      notify()
    }
    return enterDrillShell(seat, { shell, onLine, prefix: () => '' })
  }
}

/** Breaks a cluster for a drill and gives it to the screens. Rejects with a UserError when there is no such drill. */
export const openDrill = async (name: string, means: DrillMeans): Promise<OpenDrill> => {
  const { base, wishes, use } = means
  const { stateDir, settings, context } = base
  const drill = loadDrill(name)
  const judges = createJudges(context.knowledge)
  const run = await beginDrill(drill, { ...drillSeed(settings.seed), isTimed: wishes.isTimed, judges })
  const listeners = new Set<() => void>()
  const notify = (): void => {
    for (const listener of listeners) listener()
  }
  const workbench = await openWorkbench(run, means, notify)
  const { at } = resolveRunbook(drill.runbook)
  use(workbench)
  const told =
    <In extends readonly unknown[], Out>(act: (...given: In) => Out) =>
    (...given: In): Out => {
      const out = act(...given)
      notify()
      return out
    }
  return {
    entry: drillEntry(drill, pointsOf(stateDir, drill.name)),
    story: fillHandles(run.world, drill.story.trim()),
    getProgress: run.progress,
    subscribe: listener => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    setClock: told(run.setClock),
    takeHint: told(() => void run.takeHint()),
    nameCause: told(cause => (run.nameCause(cause).isRight ? 'right' : 'wrong')),
    openSession: async () => {
      const { store, begin } = newSession(workbench, at)
      begin()
      return store
    },
    enterShell: shellUser(run, means, notify),
    finish: async () => {
      const debrief = await run.finish()
      const { recordId, problems } = bookDrill(stateDir, run, debrief)
      return { debrief, history: pointsOf(stateDir, drill.name), recordId, problems }
    },
    close: async () => {
      use(undefined)
      await workbench.executor.close()
    },
  }
}
