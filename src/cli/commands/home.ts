import type { HomeSection } from '../../ui/index.ts'
import type { Invocation, RunWithSettings } from '../command.ts'
import { createWorkbench } from '../compose-session.ts'
import { holdKeyboard } from '../hold-keyboard.ts'
import { loadKnowledge } from '../load-knowledge.ts'
import { loadBundledLibrary } from '../load-library.ts'
import { screenWishes } from '../screen-wishes.ts'
import { sessionSettings } from '../session-settings.ts'
import { createTerminalLoan } from '../terminal-loan.ts'
import { chooseView, refuseJson } from '../view.ts'

/** Shows the home screen, the choice at one of its sections if that is said. */
export const openHome = async (invocation: Invocation, section?: HomeSection): Promise<number> => {
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
    return homePlain(workbench, loan, invocation)
  }
  const { walkScreen } = await import('../walk-screen.ts')
  const wishes = screenWishes(invocation)
  return walkScreen({ workbench, loan, wishes, ...(section === undefined ? {} : { section }) })
}

/** `runtree` alone: the home screen. */
export const runHome: RunWithSettings = invocation => openHome(invocation)
