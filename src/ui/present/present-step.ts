import { couldRun, layerStates, runsOfStep, stepRunsFinished } from '../../session/index.ts'
import { keyOf } from '../keys/key-of.ts'
import type { Pane, Rule } from '../layout/arrange-step.ts'
import type { Rectangle } from '../layout/rectangle.ts'
import { clamp } from '../layout/window-rows.ts'
import type { StepScene } from '../scene/step-scene.ts'
import type { Moment } from '../state/moment.ts'
import { presentCommands } from './present-commands.ts'
import { presentFindings } from './present-findings.ts'
import { presentLayers } from './present-layers.ts'
import { presentNext } from './present-next.ts'
import { presentOutputPane } from './present-output-pane.ts'
import { presentPath } from './present-path.ts'
import type { Row } from './span.ts'
import { wrapText } from './wrap-row.ts'

/** A moment on a step. */
export type StepMoment = Moment & { readonly scene: StepScene }

type Present = (moment: StepMoment, room: Rectangle) => readonly Row[]

const whenFocused = ({ ui }: Moment, pane: Pane, index: number): number | undefined =>
  ui.focus === pane && ui.overlay === undefined ? index : undefined

const noFindings = ({ run, session, ref }: StepScene): string => {
  if (run === undefined) return 'Nothing yet: no command of this step was run.'
  if (session.approval !== undefined) return 'Nothing so far; a command waits for your answer.'
  if (!stepRunsFinished(session, ref)) return 'Nothing so far; still running.'
  const didRun = runsOfStep(session, ref).some(
    ({ outcome }) => outcome !== undefined && outcome.kind !== 'lost' && couldRun(outcome),
  )
  return didRun
    ? 'Nothing known to be wrong in these outputs.'
    : 'Nothing can be said: no command of this step could be run.'
}

/** What stands in a part of a runbook that only holds others. */
const headingText = ({ services }: Moment): string =>
  `Nothing to read here and nothing to run: this is only a heading. ${keyOf(services, 'go-next')} goes on to the next step, ${keyOf(services, 'map')} shows them all.`

const presenters: Readonly<Record<Pane, Present>> = {
  explanation: (moment, { width, height }) => {
    const { explanation, view, entries } = moment.scene
    if (explanation.length === 0 && entries.length === 0) return wrapText(headingText(moment), width, 'dim')
    const top = clamp(view.explanationTop, 0, Math.max(0, explanation.length - height))
    return explanation.slice(top, top + height)
  },
  commands: ({ scene, services }, { width, height }) =>
    presentCommands({
      entries: scene.entries,
      selected: scene.view.command,
      width,
      height,
      now: services.now(),
    }),
  output: (moment, room) => presentOutputPane(moment, room),
  findings: (moment, { width, height }) =>
    presentFindings({
      findings: moment.scene.findings,
      selected: whenFocused(moment, 'findings', moment.scene.view.finding),
      width,
      height,
      empty: noFindings(moment.scene),
    }),
  next: (moment, { width, height }) =>
    presentNext({
      choices: moment.scene.choices,
      selected: whenFocused(moment, 'next', moment.scene.view.choice),
      width,
      height,
    }),
  path: (moment, { width, height }) => {
    const { path } = moment.scene
    const here = path.findIndex(entry => entry.state === 'here')
    const selected = whenFocused(moment, 'path', moment.ui.pathChoice ?? here)
    return presentPath({ entries: path, selected, width, height })
  },
  layers: ({ scene, services }, { width }) =>
    presentLayers(layerStates(scene.session, services.context.library), width),
}

/** The rows of a part of the step screen for its room. */
export const presentPane = (moment: StepMoment, pane: Pane, room: Rectangle): readonly Row[] =>
  presenters[pane](moment, room)

/** Tells whether a rule stands above the part that has the keys. */
export const isFocusedRule = ({ ui }: Moment, { pane }: Rule): boolean =>
  ui.overlay === undefined && (pane === 'explanation' ? ui.focus === 'commands' : ui.focus === pane)
