import type { RunWithSettings } from '../command.ts'
import { createWorkbench } from '../compose-session.ts'
import { exitCodeOf } from '../exit-codes.ts'
import { holdKeyboard } from '../hold-keyboard.ts'
import { loadKnowledge } from '../load-knowledge.ts'
import { resolveRunbook } from '../resolve-runbook.ts'
import { screenWishes } from '../screen-wishes.ts'
import { sessionSettings } from '../session-settings.ts'
import { createTerminalLoan } from '../terminal-loan.ts'
import { chooseView, refuseJson } from '../view.ts'

/** `runtree open`: walks a runbook with a person. */
export const runOpen: RunWithSettings = async invocation => {
  refuseJson(invocation)
  const view = chooseView(invocation)
  if (view === 'screen') holdKeyboard()
  const settings = sessionSettings(invocation)
  const { library, at } = resolveRunbook(invocation.operands[0] ?? '')
  const loan = createTerminalLoan()
  const workbench = await createWorkbench({
    settings,
    library,
    knowledge: loadKnowledge(),
    lendTerminal: loan.lend,
  })
  if (view === 'plain') {
    const { walkPlain } = await import('../walk-plain.ts')
    return exitCodeOf(await walkPlain(workbench, { at }, loan))
  }
  const { walkScreen } = await import('../walk-screen.ts')
  return walkScreen({ workbench, loan, initial: at, wishes: screenWishes(invocation) })
}
