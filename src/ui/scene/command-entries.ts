import type { StepRef } from '../../base/index.ts'
import {
  effectOfCommand,
  fillCommand,
  latestRunOf,
  type Run,
  runsOfStep,
  type Session,
} from '../../session/index.ts'
import type { Step, StepCommand } from '../../tree/index.ts'

/** A row of the command list: a command of the step, or one that the operator typed there. */
export type CommandEntry = {
  /** Absent for a typed command. */
  readonly command: StepCommand | undefined
  /** The line with values filled in as far as they are known. */
  readonly line: string
  /** Placeholders that have no value yet. */
  readonly missing: readonly string[]
  readonly effect: Run['effect']
  readonly because: string
  readonly place: string | undefined
  /** The newest run of it. */
  readonly run: Run | undefined
}

type Known = Omit<CommandEntry, 'run'>
type Variables = Session['variables']

/** What is known of a command apart from its runs, worked out once for the values that it was filled with. */
const known = new WeakMap<StepCommand, { readonly variables: Variables; readonly entry: Known }>()

const knownOf = (command: StepCommand, variables: Variables): Known => {
  const kept = known.get(command)
  if (kept?.variables === variables) return kept.entry
  const { line, missing } = fillCommand(command, variables)
  const { effect, because } = effectOfCommand(command, variables)
  const entry = { command, line, missing, effect, because, place: command.place }
  known.set(command, { variables, entry })
  return entry
}

const entryOf = (session: Session, command: StepCommand): CommandEntry => ({
  ...knownOf(command, session.variables),
  run: latestRunOf(session, command.id),
})

const adHocEntry = (run: Run): CommandEntry => {
  const { line, effect, because, place } = run
  return { command: undefined, line, missing: [], effect, because, place, run }
}

/** The step's commands in the document's order, then each line that was typed at this step, with its newest run. */
export const commandEntries = (session: Session, ref: StepRef, step: Step): readonly CommandEntry[] => {
  const typed = runsOfStep(session, ref).filter(run => run.commandId === undefined)
  const newest = new Map(typed.map(run => [run.line, run]))
  return [...step.commands.map(command => entryOf(session, command)), ...[...newest.values()].map(adHocEntry)]
}
