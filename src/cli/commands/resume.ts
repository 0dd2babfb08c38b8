import { defaultStateDir, type StoredSession } from '../../runtime/index.ts'
import type { Library } from '../../session/index.ts'
import type { Invocation, RunCommand } from '../command.ts'
import { createWorkbench } from '../compose-session.ts'
import { exitCodeOf } from '../exit-codes.ts'
import { findSession, refuseOwned } from '../find-session.ts'
import { holdKeyboard } from '../hold-keyboard.ts'
import { loadKnowledge } from '../load-knowledge.ts'
import { loadBundledLibrary, loadLibrary } from '../load-library.ts'
import { sessionSettings } from '../session-settings.ts'
import { createTerminalLoan } from '../terminal-loan.ts'
import { UserError } from '../user-error.ts'
import { chooseView, refuseJson } from '../view.ts'

/** The runbooks of the session: runtree's own, or the document that it began with where that was another one. */
const libraryOf = ({ header }: StoredSession): Library => {
  const bundled = loadBundledLibrary()
  if (bundled.trees.has(header.runbook)) return bundled
  if (header.origin !== undefined) return loadLibrary(header.origin).library
  throw new UserError({
    code: 'E_CLI_SESSION_RUNBOOK',
    message: `The session walks the document "${header.runbook}", and its journal does not say where that lies.`,
    hint: 'Begin a new session with "runtree open PATH".',
  })
}

/** Commands run where they ran before, unless the command line names another target. */
const withTarget = (invocation: Invocation, { header }: StoredSession): Invocation =>
  invocation.values.has('target')
    ? invocation
    : { ...invocation, values: new Map([...invocation.values, ['target', [header.target]]]) }

/** `runtree resume`: goes on with an earlier session, the newest one when none is named. */
export const runResume: RunCommand = async invocation => {
  refuseJson(invocation)
  const stateDir = sessionSettings(invocation).stateDir ?? defaultStateDir(process.env)
  const stored = findSession(stateDir, invocation.operands[0])
  refuseOwned(stored)
  const view = chooseView(invocation)
  if (view === 'screen') holdKeyboard()
  const loan = createTerminalLoan()
  const workbench = await createWorkbench({
    settings: sessionSettings(withTarget(invocation, stored)),
    library: libraryOf(stored),
    knowledge: loadKnowledge(),
    lendTerminal: loan.lend,
  })
  if (view === 'plain') {
    const { walkPlain } = await import('../walk-plain.ts')
    return exitCodeOf(await walkPlain(workbench, { resume: stored }, loan))
  }
  const { walkScreen } = await import('../walk-screen.ts')
  return walkScreen({ workbench, loan, resume: stored })
}
