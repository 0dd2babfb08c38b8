import type { Knowledge } from '../../diagnosis/index.ts'
import type { DrillRun } from '../../drill/index.ts'
import { openSimExecutor } from '../../targets/index.ts'
import type { Invocation } from '../command.ts'
import { workbenchWith } from '../compose-session.ts'
import { resolveRunbook } from '../resolve-runbook.ts'
import { screenWishes } from '../screen-wishes.ts'
import { sessionSettings } from '../session-settings.ts'
import { createTerminalLoan } from '../terminal-loan.ts'
import { walkScreen } from '../walk-screen.ts'

/** Opens the triage screen on a drill's cluster, at the runbook that suits the complaint; what is run there counts as the trainee's. */
export const drillTriage = async (
  run: DrillRun,
  { knowledge, invocation }: { readonly knowledge: Knowledge; readonly invocation: Invocation },
): Promise<void> => {
  const { drill, world } = run
  const loan = createTerminalLoan()
  const executor = await openSimExecutor({
    world,
    name: `sim:${drill.name}`,
    node: drill.node,
    lendTerminal: loan.lend,
    onLine: (line, ran) => void run.note(line, ran),
  })
  const { library, at } = resolveRunbook(drill.runbook)
  const parts = { settings: sessionSettings(invocation), library, knowledge, lendTerminal: loan.lend }
  await walkScreen({
    workbench: workbenchWith(executor, parts),
    loan,
    initial: at,
    wishes: screenWishes(invocation),
  })
}
