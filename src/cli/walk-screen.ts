import type { StepRef } from '../base/index.ts'
import { scanLookFor } from '../diagnosis/index.ts'
import {
  listSessions,
  readSession,
  type SessionStore,
  type SessionSummary,
  type StoredSession,
} from '../runtime/index.ts'
import { foundCauses } from '../session/index.ts'
import { type AppServices, runApp } from '../ui/index.ts'
import { appearanceOf, multiplexerOf } from './appearance.ts'
import { newSession, resumeSession, type Workbench } from './compose-session.ts'
import { exitCodes } from './exit-codes.ts'
import { refuseOwned } from './find-session.ts'
import { knownTargets, readMachine } from './places-at-start.ts'
import { print } from './print.ts'
import type { ScreenWishes } from './screen-wishes.ts'
import { firstSignal } from './signals.ts'
import { summarise } from './summarise.ts'
import { suspendJob } from './suspend-job.ts'
import type { TerminalLoan } from './terminal-loan.ts'
import { terminalLost } from './terminal-lost.ts'
import { UserError } from './user-error.ts'
import { version } from './version.ts'

/** What the full screen is opened on; without `initial` it shows the home screen. */
export type ScreenWalk = {
  readonly workbench: Workbench
  readonly loan: TerminalLoan
  readonly initial?: StepRef
  /** An earlier session to go on with, in place of `initial`. */
  readonly resume?: StoredSession
  readonly wishes?: ScreenWishes
}

const openSession = (workbench: Workbench) => async (at: StepRef) => {
  const { store, begin } = newSession(workbench, at)
  begin()
  return store
}

const reopenSession = (workbench: Workbench) => async (summary: SessionSummary) => {
  const stored = readSession(summary.path)
  if (stored.ok) {
    refuseOwned(stored.value)
    return resumeSession(workbench, stored.value)
  }
  throw new UserError({
    code: 'E_CLI_SESSION',
    message: stored.error,
    hint: 'Begin a new session with the runbook.',
  })
}

const servicesFor = ({ workbench, loan, initial, resume, wishes }: ScreenWalk): AppServices => ({
  ...wishes,
  version,
  target: workbench.executor.target,
  runbooks: [...workbench.context.library.trees.values()].map(({ name, title, summary, steps }) => ({
    name,
    title,
    summary,
    steps: steps.length,
  })),
  get earlier() {
    return listSessions(workbench.stateDir).sessions
  },
  context: workbench.context,
  machines: { known: knownTargets, find: readMachine },
  scanLookFor,
  openSession: openSession(workbench),
  resumeSession: reopenSession(workbench),
  ...(initial === undefined ? {} : { initial }),
  ...(resume === undefined ? {} : { resumed: resumeSession(workbench, resume) }),
  appearance: appearanceOf(process.env),
  multiplexer: multiplexerOf(process.env),
  onTerminal: loan.holdBy,
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
  const end = await runApp(servicesFor(walk))
  await walk.workbench.executor.close()
  for (const store of end.sessions) print.out(summarise(store))
  if (end.kind === 'interrupted') return exitCodes.interrupted
  const isOneSession = walk.initial !== undefined || walk.resume !== undefined
  return isOneSession && end.sessions.some(isUnresolved) ? exitCodes.problem : exitCodes.done
}
