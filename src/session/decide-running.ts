import type { StepRef } from '../base/index.ts'
import { refuseReadOnly, wantedWord } from './approval-rules.ts'
import { accept, acceptAndStart, type IntentOf, refuse, refuseWith, type Situation } from './decision.ts'
import { adviseOn } from './find-saving.ts'
import { currentStep, findCommand, findStep } from './lookup.ts'
import { type PreparedRun, prepareAdHoc, prepareCommand } from './prepare-run.ts'
import { refuseStranger } from './provenance.ts'
import type { RunRequest } from './run.ts'
import { isPending, latestRunOf } from './run-queries.ts'
import type { Decision, Session, SessionEvent } from './types.ts'

/** Numbers prepared runs in the order in which they were asked for. */
export const numberRuns = (
  session: Session,
  ref: StepRef,
  prepared: readonly PreparedRun[],
): readonly RunRequest[] =>
  prepared.map((run, index) => ({ ...run, runId: `r${session.runs.size + index + 1}`, ref }))

/** Tells whether the newest run of a command has not ended yet. */
export const isUnderWay = (session: Session, commandId: string): boolean => {
  const latest = latestRunOf(session, commandId)
  return latest !== undefined && isPending(latest)
}

/** Asks for an approval where one is needed; otherwise the run goes into the queue. */
const submit = (situation: Situation, ref: StepRef, prepared: PreparedRun): Decision => {
  const { session } = situation
  const refusal = refuseReadOnly(session, prepared)
  if (refusal !== undefined) return refuseWith(refusal)
  const wants = wantedWord(session, prepared)
  if (wants === undefined)
    return acceptAndStart(
      session,
      numberRuns(session, ref, [prepared]).map(run => ({ type: 'run-requested', run })),
    )
  const { notes, saving } = adviseOn(situation, prepared)
  const events = numberRuns(session, ref, [{ ...prepared, ...notes }]).flatMap(
    (run): readonly SessionEvent[] => [
      { type: 'run-requested', run },
      { type: 'approval-asked', runId: run.runId, wants, ...(saving === undefined ? {} : { saving }) },
    ],
  )
  return accept(events)
}

/** Runs one command of the step: at once or in its turn when it reads, after an approval otherwise. */
export const decideRunCommand = (
  situation: Situation,
  ref: StepRef,
  intent: IntentOf<'run-command'>,
): Decision => {
  const { session, context } = situation
  const stranger = refuseStranger(situation, ref)
  const command = findCommand(currentStep(session, context.library), intent.commandId)
  if (command === undefined)
    return refuse('E_SESSION_COMMAND_UNKNOWN', `This step has no command "${intent.commandId}".`)
  if (stranger !== undefined) return refuseWith(stranger)
  if (isUnderWay(session, command.id))
    return refuse('E_SESSION_ALREADY_RUNNING', 'This command runs or waits already. Stop it to run it anew.')
  const prepared = prepareCommand(situation, command, intent.editedLine)
  return prepared.ok ? submit(situation, ref, prepared.value) : refuseWith(prepared.error)
}

/** Runs a line that the operator typed, under the same rules as a step's command. */
export const decideRunAdHoc = (situation: Situation, ref: StepRef, line: string): Decision =>
  line.trim() === ''
    ? refuse('E_SESSION_LINE_EMPTY', 'There is no command to run. Type one.')
    : submit(situation, ref, prepareAdHoc(situation, findStep(situation.context.library, ref), line))
