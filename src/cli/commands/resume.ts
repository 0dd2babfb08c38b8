import type { StoredSession } from '../../runtime/index.ts'
import type { Library } from '../../session/index.ts'
import type { Invocation, RunWithSettings } from '../command.ts'
import { createWorkbench } from '../compose-session.ts'
import { exitCodeOf } from '../exit-codes.ts'
import { findSession, libraryOf, refuseOwned } from '../find-session.ts'
import { holdKeyboard } from '../hold-keyboard.ts'
import { loadKnowledge } from '../load-knowledge.ts'
import { screenWishes } from '../screen-wishes.ts'
import { sessionSettings } from '../session-settings.ts'
import { stateDirOf } from '../state-dir-of.ts'
import { createTerminalLoan } from '../terminal-loan.ts'
import { UserError } from '../user-error.ts'
import { chooseView, refuseJson } from '../view.ts'

const requireLibrary = (stored: StoredSession): Library => {
  const library = libraryOf(stored)
  if (library !== undefined) return library
  throw new UserError({
    code: 'E_CLI_SESSION_RUNBOOK',
    message: `The session walks the document "${stored.header.runbook}", and its journal does not say where that lies.`,
    hint: 'Begin a new session with "runtree open PATH".',
  })
}

/** Commands run where they ran before, unless the command line names another target: a setting is meant for new sessions. */
const withTarget = (invocation: Invocation, { header }: StoredSession): Invocation => {
  const { settings } = invocation
  if (settings.origins.get('target')?.kind === 'option') return invocation
  return { ...invocation, settings: { ...settings, values: { ...settings.values, target: header.target } } }
}

/** `runtree resume`: goes on with an earlier session, the newest one when none is named. */
export const runResume: RunWithSettings = async invocation => {
  refuseJson(invocation)
  const stored = findSession(stateDirOf(invocation), invocation.operands[0])
  refuseOwned(stored)
  const view = chooseView(invocation)
  if (view === 'screen') holdKeyboard()
  const loan = createTerminalLoan()
  const workbench = await createWorkbench({
    settings: sessionSettings(withTarget(invocation, stored)),
    library: requireLibrary(stored),
    knowledge: loadKnowledge(),
    lendTerminal: loan.lend,
  })
  if (view === 'plain') {
    const { walkPlain } = await import('../walk-plain.ts')
    return exitCodeOf(await walkPlain(workbench, { resume: stored }, loan))
  }
  const { walkScreen } = await import('../walk-screen.ts')
  return walkScreen({ workbench, loan, resume: stored, wishes: screenWishes(invocation) })
}
