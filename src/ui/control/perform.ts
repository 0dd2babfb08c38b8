import type { Intent } from '../../session/index.ts'
import type { AppEnd } from '../services.ts'
import type { Action } from '../state/action.ts'
import { leavingOf } from '../state/leaving-of.ts'
import { askPlace, askTrust } from '../state/overlay.ts'
import { changeTarget } from './change-target.ts'
import { createExit } from './leave-session.ts'
import { moveChoice } from './move-choice.ts'
import { openSession } from './open-session.ts'
import { doDrill, openDrill } from './run-drill.ts'
import { scrollReading } from './scroll-reading.ts'
import type { Stage } from './stage.ts'
import { submitOverlay } from './submit-overlay.ts'
import type { Terminal } from './terminal.ts'

/** Carries out actions on a stage. */
export type Performer = {
  /** Gives false when the session refused. */
  readonly perform: (action: Action) => boolean
  readonly attach: (terminal: Terminal) => void
  /** Whether another program has the terminal now. */
  readonly isLent: () => boolean
  readonly stop: () => void
  readonly endKind: () => AppEnd['kind']
}

const freshOutput = {
  runId: undefined,
  top: 'end',
  left: 0,
  filter: undefined,
  markedLine: undefined,
} as const

const dispatch = (stage: Stage, intent: Intent): boolean => {
  const refusal = stage.desk.current()?.dispatch(intent)
  if (refusal !== undefined) stage.tell(refusal.text, 'warn')
  return refusal === undefined
}

/** A run that was asked for is what the output shows next. What must be said before is asked first: its place, or that the runbook's commands may be run. */
const run = (stage: Stage, intent: Intent): boolean => {
  const { scene } = stage.getMoment()
  const refusal = stage.desk.current()?.dispatch(intent)
  if (refusal?.place !== undefined)
    stage.apply([{ type: 'overlay', overlay: askPlace(refusal.place, intent) }])
  else if (refusal?.runbook !== undefined)
    stage.apply([{ type: 'overlay', overlay: askTrust(refusal.runbook, intent) }])
  else if (refusal !== undefined) stage.tell(refusal.text, 'warn')
  if (refusal !== undefined) return false
  if (scene !== undefined) stage.apply([{ type: 'view', stepKey: scene.key, change: freshOutput }])
  return true
}

const open = (stage: Stage, action: Extract<Action, { type: 'open' | 'resume' }>): void => {
  const { openSession: begin, resumeSession: resume } = stage.services
  if (action.type === 'open')
    void openSession(stage, { text: 'Opening the runbook…', open: () => begin(action.ref) })
  else if (resume !== undefined)
    void openSession(stage, { text: 'Opening the session…', open: () => resume(action.summary) })
}

/** The report is drawn up once, when it is asked for: it stays as it is while it is read. */
const showReport = (stage: Stage): void => {
  const store = stage.desk.current()
  if (store === undefined) return
  const text = stage.services.reportOf(store)
  stage.apply([{ type: 'overlay', overlay: { kind: 'report', text, selected: 0 } }])
}

const save = (stage: Stage, { path, text }: Extract<Action, { type: 'save' }>): void => {
  const problem = path === '' ? 'Type the name of a file.' : stage.services.saveText(path, text)
  if (problem === undefined) stage.apply([{ type: 'overlay', overlay: undefined }])
  stage.tell(problem ?? `Saved to ${path}.`, problem === undefined ? 'good' : 'bad')
}

/** A performer for a stage. */
export const createPerformer = (stage: Stage): Performer => {
  let terminal: Terminal | undefined
  const exit = createExit(stage, () => terminal?.exit())

  const means = {
    terminal: () => terminal,
    leave: () => exit.leave({ type: 'leave', to: leavingOf(stage.services), asking: 'at-once' }),
  }

  const copy = ({ text, what }: Extract<Action, { type: 'copy' }>): void => {
    terminal?.copy(text)
    stage.apply([{ type: 'overlay', overlay: undefined }])
    stage.tell(`Copied the ${what}, where the terminal allows it (OSC 52).`, 'good')
  }
  const carryOut = (
    action: Exclude<Action, { type: 'change' | 'intent' | 'run' | 'submit' | 'choose' | 'scroll' }>,
  ): void => {
    if (action.type === 'copy') copy(action)
    else if (action.type === 'show-report') showReport(stage)
    else if (action.type === 'save') save(stage, action)
    else if (action.type === 'leave') exit.leave(action)
    else if (action.type === 'interrupt') exit.interrupt()
    else if (action.type === 'change-target') void changeTarget(stage, action.name)
    else if (action.type === 'open-drill') void openDrill(stage, action.name)
    else if (action.type === 'drill') doDrill(stage, action.deed, means)
    else if (action.type === 'repaint') terminal?.repaint()
    else if (action.type === 'suspend') void terminal?.lend(stage.services.suspend)
    else open(stage, action)
  }
  const perform = (action: Action): boolean => {
    if (action.type === 'intent') return dispatch(stage, action.intent)
    if (action.type === 'run') return run(stage, action.intent)
    if (action.type === 'choose') return perform(moveChoice(stage.getMoment(), action.by))
    if (action.type === 'scroll') return perform(scrollReading(stage.getMoment(), action))
    if (action.type === 'submit') return submitOverlay(stage.getMoment()).every(perform)
    if (action.type === 'change') stage.apply(action.changes)
    else carryOut(action)
    return true
  }
  return {
    perform,
    attach: next => {
      terminal = next
    },
    isLent: () => terminal?.isLent() === true,
    stop: exit.stop,
    endKind: exit.kind,
  }
}
