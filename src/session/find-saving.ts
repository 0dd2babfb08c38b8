import { advise, keptBy, type Saving } from '../shell/index.ts'
import { fixNotesOf, type Step, type StepCommand } from '../tree/index.ts'
import type { Situation } from './decision.ts'
import { fillCommand, fillPlaceholders } from './fill-command.ts'
import { currentStep, currentTree } from './lookup.ts'
import type { PreparedRun } from './prepare-run.ts'
import type { RunRequest, SavingRun } from './run.ts'
import { hasSucceeded, latestRunOf } from './run-queries.ts'
import { maskSeals } from './secrets.ts'

/** What is told beside a command that is to be approved. */
export type ApprovalAdvice = {
  readonly notes: Pick<RunRequest, 'changes' | 'undo'>
  readonly saving: SavingRun | undefined
}

/** Where things are kept on the machine, without an ending. Only one run of one session has this name. */
const keepingPlace = ({ session }: Situation): string =>
  `/var/tmp/runtree-${(session.header?.sessionId ?? '').replace(/[^\w.-]/g, '')}-r${session.runs.size + 1}`

/** The runbook's commands in front of one, the nearest first. */
const commandsBefore = (steps: readonly Step[], commandId: string): readonly StepCommand[] => {
  const all = steps.flatMap(step => step.commands)
  return all
    .slice(
      0,
      all.findIndex(({ id }) => id === commandId),
    )
    .reverse()
}

const hasRun = ({ session }: Situation, commandId: string): boolean => {
  const run = latestRunOf(session, commandId)
  return run !== undefined && hasSucceeded(run)
}

/** The runbook's own way to save comes before that of the tool; where it was gone already, nothing is left to save. */
const findSaving = (situation: Situation, run: PreparedRun, known: Saving): SavingRun | undefined => {
  const { session, context } = situation
  const steps = run.commandId === undefined ? [] : (currentTree(session, context.library)?.steps ?? [])
  const filled = commandsBefore(steps, run.commandId ?? '').map(command => ({
    id: command.id,
    ...fillCommand(command, session.variables),
  }))
  const own = filled.find(({ line, missing }) => missing.length === 0 && keptBy(line) === known.keeps)
  if (own !== undefined && hasRun(situation, own.id)) return undefined
  const sealed = own?.line ?? known.line
  const line = maskSeals(sealed)
  return {
    line,
    ...(sealed === line ? {} : { sealed }),
    ...(own === undefined ? {} : { commandId: own.id }),
  }
}

const defined = (changes: string | undefined, undo: string | undefined): ApprovalAdvice['notes'] => ({
  ...(changes === undefined ? {} : { changes: maskSeals(changes) }),
  ...(undo === undefined ? {} : { undo: maskSeals(undo) }),
})

/** The author's words with the values of the step's placeholders, so that an undo can be typed as it stands. */
const writtenNotes = (step: Step, { session }: Situation): ReturnType<typeof fixNotesOf> => {
  const placeholders = step.commands.flatMap(command => command.placeholders)
  const fill = (text: string | undefined): string | undefined =>
    text === undefined ? undefined : fillPlaceholders(text, placeholders, session.variables).line
  const notes = fixNotesOf(step)
  return { changes: fill(notes.changes), undo: fill(notes.undo) }
}

/** What the runbook and the tools know about a command that changes something: what it changes, how to undo it, what to save before. */
export const adviseOn = (situation: Situation, run: PreparedRun): ApprovalAdvice => {
  const step =
    run.commandId === undefined ? undefined : currentStep(situation.session, situation.context.library)
  const written = step && writtenNotes(step, situation)
  const known = advise(run.sealed ?? run.line, keepingPlace(situation))
  return {
    notes: defined(written?.changes, written?.undo ?? known.undo),
    saving: known.saving && findSaving(situation, run, known.saving),
  }
}
