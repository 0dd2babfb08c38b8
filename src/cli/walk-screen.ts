import type { StepRef } from '../base/index.ts'
import { scanLookFor } from '../diagnosis/index.ts'
import { wasRepaired } from '../drill/index.ts'
import { listSessions, type SessionStore, type StoredSession } from '../runtime/index.ts'
import { foundCauses } from '../session/index.ts'
import { type AppServices, type HomeSection, runApp } from '../ui/index.ts'
import { multiplexerOf } from './appearance.ts'
import { resumeSession, type Workbench } from './compose-session.ts'
import { collectOldHeap, keepYoungHeap } from './engine-flags.ts'
import { exitCodes } from './exit-codes.ts'
import { knownTargets, readMachine } from './places-at-start.ts'
import { print } from './print.ts'
import { reportOfStore } from './report-of-store.ts'
import { runbookEntries } from './runbook-entries.ts'
import { saveText } from './save-text.ts'
import { type Bench, createBench } from './screen/create-bench.ts'
import { drillEntries } from './screen/drill-entries.ts'
import type { DrillWishes } from './screen/open-drill.ts'
import { createTargetList } from './screen/target-entries.ts'
import type { ScreenWishes } from './screen-wishes.ts'
import { firstSignal } from './signals.ts'
import { summarise } from './summarise.ts'
import { suspendJob } from './suspend-job.ts'
import type { TerminalLoan } from './terminal-loan.ts'
import { terminalLost } from './terminal-lost.ts'
import { version } from './version.ts'

/** What the full screen is opened on; without `initial` it shows the home screen. */
export type ScreenWalk = {
  readonly workbench: Workbench
  readonly loan: TerminalLoan
  readonly initial?: StepRef
  /** An earlier session to go on with, in place of `initial`. */
  readonly resume?: StoredSession
  readonly wishes: ScreenWishes
  /** A drill to begin with, by its name. */
  readonly drill?: DrillWishes & { readonly name: string }
  /** Where on the home screen the choice stands at first. */
  readonly section?: HomeSection
}

const usualDrills: DrillWishes = { isTimed: true, isTeacher: false }

const servicesFor = (walk: ScreenWalk, bench: Bench): AppServices => ({
  ...walk.wishes,
  version,
  get target() {
    return bench.current().executor.target
  },
  runbooks: runbookEntries(walk.workbench.context.library),
  get earlier() {
    return listSessions(walk.workbench.stateDir).sessions
  },
  get drills() {
    return drillEntries(walk.workbench.stateDir)
  },
  openDrill: bench.openDrill,
  get context() {
    return bench.current().context
  },
  machines: { known: knownTargets, find: readMachine },
  targets: { known: createTargetList(), change: bench.changeTarget },
  scanLookFor,
  openSession: bench.openSession,
  resumeSession: bench.resumeSession,
  ...(walk.initial === undefined ? {} : { initial: walk.initial }),
  ...(walk.resume === undefined ? {} : { resumed: resumeSession(walk.workbench, walk.resume) }),
  ...(walk.drill === undefined ? {} : { initialDrill: walk.drill.name }),
  ...(walk.section === undefined ? {} : { section: walk.section }),
  reportOf: store => reportOfStore(bench.current().context.library)(store),
  saveText,
  multiplexer: multiplexerOf(process.env),
  onFirstFrame: collectOldHeap,
  onTerminal: walk.loan.holdBy,
  suspend: suspendJob,
  stopRequested: Promise.race([firstSignal(['SIGTERM', 'SIGHUP']), terminalLost()]),
  now: () => Date.now(),
})

const isUnresolved = (store: SessionStore): boolean => {
  const { session } = store.getSnapshot()
  return session.closed !== 'resolved' && foundCauses(session).length > 0
}

/** Shows the full screen until it is left; afterwards one line a session on the normal screen. Gives the exit code. */
export const walkScreen = async (walk: ScreenWalk): Promise<number> => {
  const bench = createBench(walk.workbench, walk.loan, walk.drill ?? usualDrills)
  keepYoungHeap()
  const end = await runApp(servicesFor(walk, bench))
  await bench.close()
  for (const store of end.sessions) print.out(summarise(store))
  if (end.kind === 'interrupted') return exitCodes.interrupted
  if (walk.drill !== undefined)
    return end.drills.some(({ debrief }) => wasRepaired(debrief.score)) ? exitCodes.done : exitCodes.problem
  const isOneSession = walk.initial !== undefined || walk.resume !== undefined
  return isOneSession && end.sessions.some(isUnresolved) ? exitCodes.problem : exitCodes.done
}
