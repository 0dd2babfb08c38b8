import type { StepRef } from '../base/index.ts'
import type { SessionStore, StoredSession } from '../runtime/index.ts'
import { type CloseStatus, queuedRuns, runningRun } from '../session/index.ts'
import { copySequence } from '../ui/index.ts'
import { multiplexerOf } from './appearance.ts'
import { newSession, resumeSession, type Workbench } from './compose-session.ts'
import { followNotices } from './plain/follow-notices.ts'
import { createLineReader, type LineReader } from './plain/line-reader.ts'
import { createOutputTimes } from './plain/output-times.ts'
import { printWrapped } from './plain/print-wrapped.ts'
import { runPlain } from './plain/run-plain.ts'
import { createMarkWalk } from './plain/walk-marks.ts'
import { print } from './print.ts'
import { summarise } from './summarise.ts'
import type { TerminalLoan } from './terminal-loan.ts'
import { toolName } from './version.ts'

/** What a walk in linear text begins with: a step, or an earlier session. */
export type PlainStart = { readonly at: StepRef } | { readonly resume: StoredSession }

const isBusy = (store: SessionStore): boolean => {
  const { session } = store.getSnapshot()
  return runningRun(session) !== undefined || queuedRuns(session).length > 0
}

const openStore = (workbench: Workbench, start: PlainStart): SessionStore => {
  if ('resume' in start) return resumeSession(workbench, start.resume)
  const { store, begin } = newSession(workbench, start.at)
  begin()
  return store
}

const copyToTerminal = (text: string): 'sent' | 'no terminal' => {
  if (process.stdout.isTTY !== true) return 'no terminal'
  process.stdout.write(copySequence(text, multiplexerOf(process.env)))
  return 'sent'
}

/** Says which runbook is walked, where its commands run, and where it comes from if it is not one of runtree's own. */
export const announce = ({ context, executor }: Workbench, store: SessionStore): void => {
  const { name, host } = executor.target
  const { runbook = '' } = store.getSnapshot().session.current ?? {}
  print.out(`${toolName}: ${context.library.trees.get(runbook)?.title ?? runbook}. Target ${name} (${host}).`)
  const origin = context.library.outside?.get(runbook)
  if (origin !== undefined) print.out(`From ${origin}, which is not one of runtree's own runbooks.`)
}

/**
 * Walks a session that is open in linear text, with the lines of a reader, and closes it; gives how it was left. Ctrl-C stops a running
 * command; at the prompt it leaves.
 */
export const walkStore = async (
  workbench: Workbench,
  store: SessionStore,
  reader: LineReader,
): Promise<CloseStatus> => {
  let wasInterrupted = false
  reader.interruptWith(() => {
    if (isBusy(store)) store.dispatch({ type: 'cancel-run' })
    else {
      wasInterrupted = true
      reader.close()
    }
  })
  const stop = followNotices(store, printWrapped)
  const { context } = workbench
  const left = await runPlain(
    {
      store,
      context,
      out: printWrapped,
      outputs: print.styled,
      copy: copyToTerminal,
      walkMarks: createMarkWalk(),
      times: createOutputTimes(),
    },
    reader,
  )
  await store.close(wasInterrupted ? 'interrupted' : left)
  stop()
  print.out(summarise(store))
  return wasInterrupted ? 'interrupted' : (store.getSnapshot().session.closed ?? 'left')
}

/** Walks one session in linear text; gives how it was left. */
export const walkPlain = async (
  workbench: Workbench,
  start: PlainStart,
  loan: TerminalLoan,
): Promise<CloseStatus> => {
  const reader = createLineReader(() => reader.close())
  loan.holdBy(reader.lend)
  const store = openStore(workbench, start)
  announce(workbench, store)
  const status = await walkStore(workbench, store, reader)
  reader.close()
  await workbench.executor.close()
  return status
}
