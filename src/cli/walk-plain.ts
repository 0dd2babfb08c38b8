import type { StepRef } from '../base/index.ts'
import type { SessionStore, StoredSession } from '../runtime/index.ts'
import { type CloseStatus, queuedRuns, runningRun } from '../session/index.ts'
import { newSession, resumeSession, type Workbench } from './compose-session.ts'
import { followNotices } from './plain/follow-notices.ts'
import { createLineReader, type LineReader } from './plain/line-reader.ts'
import { runPlain } from './plain/run-plain.ts'
import { print } from './print.ts'
import { summarise } from './summarise.ts'
import type { TerminalLoan } from './terminal-loan.ts'
import { toolName } from './version.ts'

/** Chooses the step to begin with; `undefined` leaves at once. */
export type ChooseStep = (reader: LineReader) => Promise<StepRef | undefined>

/** What a walk in linear text begins with: a step that is chosen, or an earlier session. */
export type PlainStart = { readonly choose: ChooseStep } | { readonly resume: StoredSession }

const isBusy = (store: SessionStore): boolean => {
  const { session } = store.getSnapshot()
  return runningRun(session) !== undefined || queuedRuns(session).length > 0
}

const openStore = async (
  workbench: Workbench,
  start: PlainStart,
  reader: LineReader,
): Promise<SessionStore | undefined> => {
  if ('resume' in start) return resumeSession(workbench, start.resume)
  const at = await start.choose(reader)
  if (at === undefined) return undefined
  const { store, begin } = newSession(workbench, at)
  begin()
  return store
}

/** Walks one session in linear text; gives how it was left. Ctrl-C stops a running command; at the prompt it leaves. */
export const walkPlain = async (
  workbench: Workbench,
  start: PlainStart,
  loan: TerminalLoan,
): Promise<CloseStatus> => {
  let store: SessionStore | undefined
  let wasInterrupted = false
  const reader = createLineReader(() => {
    if (store !== undefined && isBusy(store)) store.dispatch({ type: 'cancel-run' })
    else {
      wasInterrupted = true
      reader.close()
    }
  })
  loan.holdBy(reader.lend)
  const opened = await openStore(workbench, start, reader)
  const at = opened?.getSnapshot().session.current
  if (opened !== undefined && at !== undefined) {
    store = opened
    const { name, host } = workbench.executor.target
    print.out(
      `${toolName}: ${workbench.context.library.trees.get(at.runbook)?.title ?? at.runbook}. Target ${name} (${host}).`,
    )
    const origin = workbench.context.library.outside?.get(at.runbook)
    if (origin !== undefined) print.out(`From ${origin}, which is not one of runtree's own runbooks.`)
    const stop = followNotices(store, print.out)
    const left = await runPlain(
      { store, context: workbench.context, out: print.out, outputs: print.styled },
      reader,
    )
    await store.close(wasInterrupted ? 'interrupted' : left)
    stop()
    print.out(summarise(store))
  }
  reader.close()
  await workbench.executor.close()
  return wasInterrupted ? 'interrupted' : (store?.getSnapshot().session.closed ?? 'left')
}
