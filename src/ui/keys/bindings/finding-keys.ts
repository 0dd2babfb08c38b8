import type { StepRef } from '../../../base/index.ts'
import { clamp } from '../../layout/window-rows.ts'
import { dealingSteps } from '../../scene/dealing-steps.ts'
import type { MarkKind } from '../../scene/output-marks.ts'
import type { StepFinding } from '../../scene/step-findings.ts'
import { type Action, change, stay } from '../../state/action.ts'
import type { Moment } from '../../state/moment.ts'
import { type AppBinding, whyNot } from '../app-binding.ts'
import { goToMark, goToMatch } from '../find-line.ts'
import { changeView } from '../scroll-changes.ts'

const telling: readonly MarkKind[] = ['error', 'warning', 'look-for']

const holds = ({ scene }: Moment, kinds: readonly MarkKind[]): boolean =>
  scene?.marks.some(mark => kinds.includes(mark.kind)) === true

const noMark =
  (kinds: readonly MarkKind[]) =>
  (moment: Moment): string | undefined =>
    holds(moment, kinds) ? undefined : 'No such line is marked in this output.'

const proofOf = ({ finding }: StepFinding): number | undefined =>
  finding.evidence.find(piece => piece.line > 0)?.line

/** The marked line that is next; where the output that is seen has none, the proof of the first finding of the step's other outputs. */
const goToNextMark = (moment: Moment, by: 1 | -1): Action => {
  if (holds(moment, telling)) return goToMark(moment, by, telling)
  const proven = moment.scene?.findings.filter(found => proofOf(found) !== undefined) ?? []
  return showProof(moment, by > 0 ? proven[0] : proven.at(-1))
}

const noMarkAnywhere = (moment: Moment): string | undefined =>
  moment.scene?.findings.some(found => proofOf(found) !== undefined) === true
    ? undefined
    : noMark(telling)(moment)

const noFinding = ({ scene }: Moment): string | undefined =>
  scene === undefined || scene.findings.length === 0 ? 'Nothing has been found in this step.' : undefined

const moveFinding = (moment: Moment, by: number): Action => {
  const count = moment.scene?.findings.length ?? 0
  return changeView(moment, { finding: clamp((moment.scene?.view.finding ?? 0) + by, 0, count - 1) })
}

/** Shows the first line that speaks for a finding, in the output of the run that gave it. */
const showProof = ({ scene }: Moment, chosen: StepFinding | undefined): Action => {
  if (scene === undefined || chosen === undefined) return stay
  const line = proofOf(chosen)
  if (line === undefined) {
    const text = 'This was read from the output as a whole; no single line says it.'
    return change({ type: 'notice', notice: { text, tone: 'plain' } })
  }
  const view = {
    runId: chosen.runId,
    filter: undefined,
    markedLine: line,
    left: 'to-mark',
    top: { around: line },
  } as const
  return change({ type: 'focus', focus: 'output' }, { type: 'view', stepKey: scene.key, change: view })
}

/** The step that deals with what stands out in the output, or with the chosen finding; of the runbook that is walked, if it has one. */
const dealingStep = ({ scene, ui, services }: Moment): StepRef | undefined => {
  if (scene === undefined) return undefined
  const mark = scene.marks.find(each => each.line === scene.view.markedLine)
  const marked =
    ui.focus === 'output' ? scene.findings.find(each => each.finding.cause === mark?.cause) : undefined
  const { finding } = marked ?? scene.findings[scene.view.finding] ?? {}
  return dealingSteps(finding, scene.ref, services.context.library)[0]
}

const dealWith = (moment: Moment): Action => {
  const ref = dealingStep(moment)
  return ref === undefined ? stay : { type: 'intent', intent: { type: 'enter-step', ref } }
}

/** Keys that lead to what was found. */
export const findingKeys: readonly AppBinding[] = [
  {
    id: 'next-mark',
    scope: 'step',
    keys: ['e'],
    description: 'Next marked line',
    short: 'next mark',
    rank: 7,
    tag: 'Finding',
    action: moment => goToNextMark(moment, 1),
    disabledReason: noMarkAnywhere,
  },
  {
    id: 'previous-mark',
    scope: 'step',
    keys: ['E'],
    description: 'Marked line before',
    tag: 'Finding',
    action: moment => goToNextMark(moment, -1),
    disabledReason: noMarkAnywhere,
  },
  {
    id: 'next-warning',
    scope: 'step',
    keys: ['w'],
    description: 'Next line that is marked as warning',
    tag: 'Finding',
    action: moment => goToMark(moment, 1, ['warning']),
    disabledReason: noMark(['warning']),
  },
  {
    id: 'previous-warning',
    scope: 'step',
    keys: ['W'],
    description: 'Line before that is marked as warning',
    tag: 'Finding',
    action: moment => goToMark(moment, -1, ['warning']),
    disabledReason: noMark(['warning']),
  },
  {
    id: 'deal-with',
    scope: 'step',
    keys: ['o'],
    description: 'Open the step that deals with the finding',
    short: 'deal with it',
    rank: 7,
    isTimely: ({ ui }) => ui.focus === 'output' || ui.focus === 'findings',
    tag: 'Finding',
    action: dealWith,
    disabledReason: moment => {
      const ref = dealingStep(moment)
      if (ref === undefined) return 'No finding of this step names a step that deals with it.'
      return whyNot({ type: 'enter-step', ref })(moment)
    },
  },
  {
    id: 'next-match',
    scope: 'output-search',
    keys: ['n'],
    description: 'Next line that holds what is searched for',
    short: 'next match',
    rank: 0,
    tag: 'Finding',
    action: moment => goToMatch(moment, 1, moment.ui.find ?? ''),
  },
  {
    id: 'previous-match',
    scope: 'output-search',
    keys: ['N'],
    description: 'Line before that holds it',
    tag: 'Finding',
    action: moment => goToMatch(moment, -1, moment.ui.find ?? ''),
  },
  {
    id: 'end-search',
    scope: 'output-search',
    keys: ['esc'],
    description: 'End the search',
    short: 'end search',
    rank: 1,
    tag: 'Finding',
    action: () => change({ type: 'find', find: undefined }),
  },
  {
    id: 'finding-down',
    scope: 'findings',
    keys: ['j', 'down'],
    description: 'Choose the next finding',
    tag: 'Moving',
    action: moment => moveFinding(moment, 1),
  },
  {
    id: 'finding-up',
    scope: 'findings',
    keys: ['k', 'up'],
    description: 'Choose the finding above',
    tag: 'Moving',
    action: moment => moveFinding(moment, -1),
  },
  {
    id: 'finding-show',
    scope: 'findings',
    keys: ['enter'],
    description: 'Show the line that proves the finding',
    short: 'show the line',
    rank: 1,
    tag: 'Finding',
    action: moment => showProof(moment, moment.scene?.findings[moment.scene.view.finding]),
    disabledReason: noFinding,
  },
]
