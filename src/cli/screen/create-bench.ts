import type { StepRef } from '../../base/index.ts'
import {
  readSession,
  type SessionStore,
  type SessionSummary,
  type StoredSession,
} from '../../runtime/index.ts'
import type { Library } from '../../session/index.ts'
import type { OpenDrill } from '../../ui/index.ts'
import { createWorkbench, newSession, resumeSession, type Workbench } from '../compose-session.ts'
import { libraryOf, refuseOwned } from '../find-session.ts'
import { readTarget } from '../session-settings.ts'
import type { TerminalLoan } from '../terminal-loan.ts'
import { UserError } from '../user-error.ts'
import type { DrillWishes } from './open-drill.ts'

/** The workbench of the screens: which one counts may change, with the target, a drill, or a session from elsewhere. */
export type Bench = {
  readonly current: () => Workbench
  /** Commands of the next session run there. Rejects with a UserError when the name is no target. */
  readonly changeTarget: (name: string) => Promise<void>
  readonly openSession: (at: StepRef) => Promise<SessionStore>
  /** Goes on where the session ran, with the runbooks that it walked. */
  readonly resumeSession: (summary: SessionSummary) => Promise<SessionStore>
  readonly openDrill: (name: string) => Promise<OpenDrill>
  readonly close: () => Promise<void>
}

const readStored = ({ path }: SessionSummary): StoredSession => {
  const stored = readSession(path)
  if (stored.ok) {
    refuseOwned(stored.value)
    return stored.value
  }
  throw new UserError({
    code: 'E_CLI_SESSION',
    message: stored.error,
    hint: 'Begin a new session with the runbook.',
  })
}

/** The workbench's runbooks and those that a session walked, so that both can be opened. */
const withLibrary = (workbench: Workbench, library: Library): Workbench => {
  const { context } = workbench
  const trees = new Map([...context.library.trees, ...library.trees])
  const outside = new Map([...(context.library.outside ?? []), ...(library.outside ?? [])])
  return { ...workbench, context: { ...context, library: { trees, outside } } }
}

/** A bench around the workbench that the program began with. */
export const createBench = (first: Workbench, loan: TerminalLoan, wishes: DrillWishes): Bench => {
  let base = first
  let guest: Workbench | undefined

  const changeTarget = async (name: string): Promise<void> => {
    if (name === base.executor.target.name) return
    const { settings, context, executor } = base
    base = await createWorkbench({
      settings: { ...settings, target: readTarget(name) },
      library: context.library,
      knowledge: context.knowledge,
      lendTerminal: loan.lend,
    })
    await executor.close()
  }
  return {
    current: () => guest ?? base,
    changeTarget,
    openSession: async at => {
      guest = undefined
      const { store, begin } = newSession(base, at)
      begin()
      return store
    },
    resumeSession: async summary => {
      const stored = readStored(summary)
      await changeTarget(stored.header.target)
      const library = libraryOf(stored)
      guest = library === undefined ? undefined : withLibrary(base, library)
      return resumeSession(guest ?? base, stored)
    },
    openDrill: async name => {
      // The simulated cluster and its shell are the largest part of the program.
      const { openDrill } = await import('./open-drill.ts')
      return openDrill(name, {
        base,
        loan,
        wishes,
        use: workbench => {
          guest = workbench
        },
      })
    },
    close: () => base.executor.close(),
  }
}
