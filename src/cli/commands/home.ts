import type { RunWithSettings } from '../command.ts'
import { createWorkbench } from '../compose-session.ts'
import { holdKeyboard } from '../hold-keyboard.ts'
import { loadKnowledge } from '../load-knowledge.ts'
import { loadBundledLibrary } from '../load-library.ts'
import { screenWishes } from '../screen-wishes.ts'
import { sessionSettings } from '../session-settings.ts'
import { createTerminalLoan } from '../terminal-loan.ts'
import { chooseView, refuseJson } from '../view.ts'

/** `runtree` alone: the home screen. */
export const runHome: RunWithSettings = async invocation => {
  refuseJson(invocation)
  const view = chooseView(invocation)
  if (view === 'screen') holdKeyboard()
  const settings = sessionSettings(invocation)
  const loan = createTerminalLoan()
  const workbench = await createWorkbench({
    settings,
    library: loadBundledLibrary(),
    knowledge: loadKnowledge(),
    lendTerminal: loan.lend,
  })
  if (view === 'plain') {
    const { homePlain } = await import('../home-plain.ts')
    return homePlain(workbench, loan)
  }
  const { walkScreen } = await import('../walk-screen.ts')
  return walkScreen({ workbench, loan, wishes: screenWishes(invocation) })
}
