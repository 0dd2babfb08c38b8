import type { CapturedOutput, StepRef } from '../../base/index.ts'
import type { SessionStore } from '../../runtime/index.ts'
import { findStep, type Run, runsOfStep, type Session, stepKey } from '../../session/index.ts'
import type { Step, Tree } from '../../tree/index.ts'
import {
  arrangeStep,
  arrangeZoom,
  mainWidth,
  type StepLayout,
  type StepWants,
} from '../layout/arrange-step.ts'
import type { Size } from '../layout/rectangle.ts'
import { clamp } from '../layout/window-rows.ts'
import { nextRows } from '../present/present-next.ts'
import type { Row } from '../present/span.ts'
import type { AppServices } from '../services.ts'
import { freshView, type StepView, type UiState } from '../state/ui-state.ts'
import type { Arrivals } from './arrivals.ts'
import { type Choice, choicesOf } from './choices.ts'
import { type CommandEntry, commandEntries } from './command-entries.ts'
import type { Explain } from './explanations.ts'
import type { LineFinder } from './line-finder.ts'
import type { Mark, MarkFinder } from './output-marks.ts'
import { type PathEntry, pathEntries } from './path-entries.ts'
import { type ReadOutput, readOutput } from './read-output.ts'
import { type StepFinding, stepFindings } from './step-findings.ts'

/** Everything that the step screen shows, worked out once for a moment: keys and rows are made from it. */
export type StepScene = ReadOutput & {
  readonly ref: StepRef
  readonly key: string
  readonly tree: Tree
  readonly step: Step
  /** Place of the step in its runbook, counted from 1. */
  readonly position: number
  readonly session: Session
  readonly view: StepView
  readonly entries: readonly CommandEntry[]
  /** The chosen command; absent in a step without any. */
  readonly entry: CommandEntry | undefined
  /** The run whose output is shown. */
  readonly run: Run | undefined
  /** What is in memory of its output. */
  readonly output: CapturedOutput
  readonly marks: readonly Mark[]
  readonly findings: readonly StepFinding[]
  readonly choices: readonly Choice[]
  readonly path: readonly PathEntry[]
  readonly explanation: readonly Row[]
  readonly layout: StepLayout
}

/** What scenes are made with, besides the moment. */
export type SceneTools = {
  readonly services: AppServices
  readonly explain: Explain
  readonly marks: MarkFinder
  readonly lines: LineFinder
  readonly timeOf: Arrivals['timeOf']
}

/** The moment that a scene shows. */
export type SceneMoment = { readonly store: SessionStore; readonly ui: UiState; readonly size: Size }

const nothing: CapturedOutput = { firstLine: 1, lines: [], totalLines: 0, totalBytes: 0 }

const hasOutput = ({ phase }: Run): boolean => phase === 'running' || phase === 'finished'

const shownRun = (session: Session, ref: StepRef, view: StepView): Run | undefined => {
  const runs = runsOfStep(session, ref).filter(hasOutput)
  return runs.find(run => run.runId === view.runId) ?? runs.at(-1)
}

const boundView = (view: StepView, counts: Record<'command' | 'choice' | 'finding', number>): StepView => ({
  ...view,
  command: clamp(view.command, 0, counts.command - 1),
  choice: clamp(view.choice, 0, counts.choice - 1),
  finding: clamp(view.finding, 0, counts.finding - 1),
})

const rowsForOutput = 24

/** Longer lines of prose are hard to read. */
const widestText = 100

type Contents = Pick<StepScene, 'entries' | 'findings' | 'choices' | 'path' | 'explanation' | 'run'>

const innerWidth = ({ ui, size }: SceneMoment): number =>
  ui.zoom === undefined ? mainWidth(size) : size.columns - 2

const layoutOf = (moment: SceneMoment, contents: Contents): StepLayout => {
  const { ui, size } = moment
  const { entries, run } = contents
  const isShown = run !== undefined || (entries.length > 0 && size.rows >= rowsForOutput)
  const wants: StepWants = {
    explanation: contents.explanation.length,
    commands: entries.length,
    findings: contents.findings.length,
    next: nextRows(contents.choices, innerWidth(moment)),
    path: contents.path.length,
    output: isShown ? 'shown' : 'hidden',
  }
  return ui.zoom === undefined ? arrangeStep(size, wants) : arrangeZoom(size, ui.zoom, wants)
}

/** The scene of a moment; `undefined` while the session stands on no step that the library knows. */
export const buildStepScene = (tools: SceneTools, moment: SceneMoment): StepScene | undefined => {
  const { session } = moment.store.getSnapshot()
  const { library } = tools.services.context
  const ref = session.current
  const tree = ref && library.trees.get(ref.runbook)
  const step = ref && findStep(library, ref)
  if (ref === undefined || tree === undefined || step === undefined) return undefined
  const key = stepKey(ref)
  const kept = moment.ui.views.get(key) ?? freshView
  const entries = commandEntries({ session, context: tools.services.context }, ref, step)
  const findings = stepFindings(session, ref)
  const choices = choicesOf({ session, library, ref, step, keys: tools.services })
  const path = pathEntries({ session, library }, choices)
  const explanation = tools.explain(step, Math.min(innerWidth(moment), widestText))
  const run = shownRun(session, ref, kept)
  const layout = layoutOf(moment, { entries, findings, choices, path, explanation, run })
  const output = run === undefined ? nothing : moment.store.outputOf(run.runId)
  const whole = (run && moment.store.wholeOutputOf(run.runId)) ?? output
  const firstShown = whole.firstLine
  const marks = run === undefined ? [] : tools.marks({ run, output, firstShown, lookFor: step.lookFor })
  const view = boundView(kept, { command: entries.length, choice: choices.length, finding: findings.length })
  const shown = readOutput(tools, {
    ui: moment.ui,
    pane: layout.panes.output,
    view,
    run,
    output: whole,
    marks,
    ref,
  })
  const position = tree.steps.indexOf(step) + 1
  return {
    ref,
    key,
    tree,
    step,
    position,
    session,
    view,
    entries,
    entry: entries[view.command],
    run,
    output,
    marks,
    findings,
    choices,
    path,
    explanation,
    layout,
    ...shown,
  }
}
