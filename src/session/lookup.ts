import type { StepRef } from '../base/index.ts'
import type { Step, StepCommand, Tree } from '../tree/index.ts'
import type { Library, Session } from './types.ts'

/** The step that a reference names; `undefined` when the library has no such runbook or step. */
export const findStep = (library: Library, ref: StepRef): Step | undefined =>
  library.trees.get(ref.runbook)?.stepById.get(ref.step)

/** The runbook in which the session stands. */
export const currentTree = (session: Session, library: Library): Tree | undefined =>
  session.current && library.trees.get(session.current.runbook)

/** The step on which the session stands. */
export const currentStep = (session: Session, library: Library): Step | undefined =>
  session.current && findStep(library, session.current)

/** A command of a step by its id. */
export const findCommand = (step: Step | undefined, commandId: string): StepCommand | undefined =>
  step?.commands.find(command => command.id === commandId)
