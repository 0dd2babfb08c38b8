import { accept, acceptAndStart, refuse, type Situation } from './decision.ts'
import type { PendingApproval, Run, RunRequest, SavingRun } from './run.ts'
import { queuedRuns, runningRun } from './run-queries.ts'
import type { Decision, SessionEvent } from './types.ts'

/** Behind the wanted word, this runs the command without saving first. */
export const withoutSaving = 'unsaved'

/** Longer answers are no answers; a pasted log is not kept for one. */
const longestAnswer = 200

/** Saving a large store takes its time. */
const leastTimeoutMs = 300_000

const savingRun = (situation: Situation, run: Run, saving: SavingRun): RunRequest => {
  const { session, context } = situation
  return {
    runId: `r${session.runs.size + 1}`,
    ref: run.ref,
    commandId: saving.commandId,
    line: saving.line,
    ...(saving.sealed === undefined ? {} : { sealed: saving.sealed }),
    effect: 'change',
    because: `saves what ${run.runId} would lose`,
    savesFor: run.runId,
    place: run.place,
    ...(run.machine === undefined ? {} : { machine: run.machine }),
    mode: 'batch',
    timeoutMs: Math.max(leastTimeoutMs, context.defaultTimeoutMs),
    cwd: run.cwd,
  }
}

/** With something to save, that runs first and the approved command only when it has ended well. */
const give = (situation: Situation, approval: PendingApproval, answer: string): Decision => {
  const { session } = situation
  const { runId, saving } = approval
  const run = session.runs.get(runId)
  if (run === undefined || saving === undefined)
    return acceptAndStart(session, [{ type: 'approval-given', runId, answer }])
  const first = savingRun(situation, run, saving)
  return acceptAndStart(session, [
    { type: 'approval-given', runId, answer, waitsFor: first.runId },
    { type: 'run-requested', run: first },
  ])
}

/** Takes the answer to the approval that waits. Only the wanted word says yes; anything else means no. Every answer is an event. */
export const decideApproval = (situation: Situation, typed: string): Decision => {
  const { approval } = situation.session
  if (approval === undefined) return refuse('E_SESSION_NO_APPROVAL', 'Nothing waits for an approval.')
  const answer = typed.trim().slice(0, longestAnswer)
  const { runId, wants, saving } = approval
  if (answer === wants) return give(situation, approval, answer)
  return saving !== undefined && answer === `${wants} ${withoutSaving}`
    ? give(situation, { ...approval, saving: undefined }, answer)
    : accept([{ type: 'approval-refused', runId, answer }])
}

/** Stops the command that runs and drops all that waits behind it. */
export const decideCancel = ({ session }: Situation): Decision => {
  const running = runningRun(session)
  const dropped = queuedRuns(session).map(({ runId }): SessionEvent => ({ type: 'run-dropped', runId }))
  const unapproved = session.approval === undefined ? [] : [session.approval]
  const refused = unapproved.map(({ runId }): SessionEvent => ({ type: 'approval-refused', runId }))
  if (running !== undefined)
    return accept([...dropped, ...refused], [{ type: 'cancel-run', runId: running.runId }])
  return refused.length > 0 ? accept(refused) : refuse('E_SESSION_NOTHING_RUNS', 'Nothing is running.')
}
