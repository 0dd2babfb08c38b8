import type { StepRef } from '../../base/index.ts'
import {
  type DecideContext,
  effectOfCommand,
  fillCommand,
  findMachine,
  latestRunOf,
  maskSeals,
  placeOfTyped,
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
  /** Where it runs, as the list says it. */
  readonly where: string
  /** The newest run of it. */
  readonly run: Run | undefined
}

type Known = Omit<CommandEntry, 'run' | 'where'>
type Variables = Session['variables']

/** A session, and what decides where its commands run. */
export type Asked = { readonly session: Session; readonly context: DecideContext }

/** What is known of a command apart from its runs, worked out once for the values that it was filled with. */
const known = new WeakMap<StepCommand, { readonly variables: Variables; readonly entry: Known }>()

const knownOf = (command: StepCommand, variables: Variables): Known => {
  const kept = known.get(command)
  if (kept?.variables === variables) return kept.entry
  const { line, missing } = fillCommand(command, variables)
  const { effect, because } = effectOfCommand(command, variables)
  const entry = { command, line: maskSeals(line), missing, effect, because, place: command.place }
  known.set(command, { variables, entry })
  return entry
}

/** The place by its name where it is the session's own target, otherwise the machine; a question mark where that is not said yet. */
const whereOf = ({ session, context }: Asked, place: string | undefined): string => {
  if (place === undefined || session.header === undefined) return ''
  const machine = findMachine({ session, context }, place)
  if (machine === undefined) return `${place} ?`
  if (machine.target === session.header.target) return place
  return machine.host === session.header.host ? place : `on ${machine.host}`
}

const entryOf = (asked: Asked, command: StepCommand): CommandEntry => ({
  ...knownOf(command, asked.session.variables),
  where: whereOf(asked, command.place),
  run: latestRunOf(asked.session, command.id),
})

const adHocEntry = (asked: Asked, run: Run): CommandEntry => {
  const { line, effect, because, place } = run
  return { command: undefined, line, missing: [], effect, because, place, where: whereOf(asked, place), run }
}

/** The step's commands in the document's order, then each line that was typed at this step, with its newest run. */
export const commandEntries = (asked: Asked, ref: StepRef, step: Step): readonly CommandEntry[] => {
  const { session } = asked
  const typed = runsOfStep(session, ref).filter(run => run.commandId === undefined)
  const newest = new Map(typed.map(run => [run.line, run]))
  return [
    ...step.commands.map(command => entryOf(asked, command)),
    ...[...newest.values()].map(run => adHocEntry(asked, run)),
  ]
}

/** Where a line would run that is typed at a step, as the list of commands says it; empty for the session's own target. */
export const whereOfTyped = (asked: Asked, step: Step): string => whereOf(asked, placeOfTyped(asked, step))
