import type { StepRef } from '../../base/index.ts'
import type { Knowledge } from '../../diagnosis/index.ts'
import type { DrillRun } from '../../drill/index.ts'
import type { CloseStatus } from '../../session/index.ts'
import { openSimExecutor } from '../../targets/index.ts'
import type { Invocation } from '../command.ts'
import { newSession, type Workbench, workbenchWith } from '../compose-session.ts'
import type { LineReader } from '../plain/line-reader.ts'
import { resolveRunbook } from '../resolve-runbook.ts'
import { screenWishes } from '../screen-wishes.ts'
import { sessionSettings } from '../session-settings.ts'
import { createTerminalLoan, type TerminalLoan } from '../terminal-loan.ts'
import { walkStore } from '../walk-plain.ts'

/** What a triage of a drill is made with. */
export type TriageParts = { readonly knowledge: Knowledge; readonly invocation: Invocation }

type Opened = { readonly workbench: Workbench; readonly loan: TerminalLoan; readonly at: StepRef }

/** A workbench on a drill's cluster, at the runbook that suits the complaint; what is run there counts as the trainee's. */
const openTriage = async (run: DrillRun, { knowledge, invocation }: TriageParts): Promise<Opened> => {
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
  return { workbench: workbenchWith(executor, parts), loan, at }
}

/** Opens the triage screen on a drill's cluster until it is left. */
export const drillTriage = async (run: DrillRun, parts: TriageParts): Promise<void> => {
  const { workbench, loan, at } = await openTriage(run, parts)
  const { walkScreen } = await import('../walk-screen.ts')
  await walkScreen({ workbench, loan, initial: at, wishes: screenWishes(parts.invocation) })
}

/** The same triage as linear text, its lines read from where the drill's own are; gives how it was left. */
export const drillTriageText = async (
  run: DrillRun,
  reader: LineReader,
  parts: TriageParts,
): Promise<CloseStatus> => {
  const { workbench, loan, at } = await openTriage(run, parts)
  loan.holdBy(reader.lend)
  const { store, begin } = newSession(workbench, at)
  begin()
  const status = await walkStore(workbench, store, reader)
  await workbench.executor.close()
  return status
}
