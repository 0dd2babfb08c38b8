import { formatCount, formatCounted } from '../../base/index.ts'
import { readsLeft, stepRunsFinished } from '../../session/index.ts'
import { keyOf } from '../keys/key-of.ts'
import type { Pane, Rule } from '../layout/arrange-step.ts'
import { anchorOf, isAllSeen, isAtEnd, linesFrom, shownCount } from '../scene/output-window.ts'
import type { StepScene } from '../scene/step-scene.ts'
import type { UiState } from '../state/ui-state.ts'
import { glyphs } from '../theme/glyphs.ts'
import { oneLine } from './one-line.ts'
import { presentRule, type RuleText } from './present-rule.ts'
import { isFocusedRule, type StepMoment } from './present-step.ts'
import { readText } from './read-text.ts'
import { type Row, row, rowText, span } from './span.ts'
import { stepName } from './step-name.ts'
import { formatShare } from './words.ts'

type RuleWords = (moment: StepMoment) => Pick<RuleText, 'title' | 'remarks' | 'opening'>

/** Which command of how many is chosen, when not all are seen. */
const commandsCut = ({ entries, layout, view }: StepScene): Row =>
  entries.length > (layout.panes.commands?.height ?? 0) && entries.length > 0
    ? [span(`command ${view.command + 1} of ${entries.length}`, 'dim')]
    : []

/** What stands beside a step's title, the fullest first: where it is cut short, that there is more to read is said last of all. */
const explanationRemarks = ({ scene, services }: StepMoment): readonly Row[] => {
  const { step, tree, position, explanation, layout, view } = scene
  const height = layout.panes.explanation?.height ?? 0
  const isCut = explanation.length > view.explanationTop + height
  const readKey = keyOf(services, 'explanation-down')
  const more = isCut ? [span(`${glyphs.down} ${readKey} reads on`, 'accent')] : []
  const layer = row(step.layer ?? '', 'dim')
  const place = row(`step ${formatCount(position)} of ${formatCount(tree.steps.length)}`, 'dim')
  const commands = commandsCut(scene)
  return [
    [more, commands, layer, place],
    [more, commands, place],
    [more, place],
    isCut ? [more] : [place],
  ].map(parts => spaced(parts))
}

/** Parts in a row with a gap between them; empty ones are left out. */
const spaced = (parts: readonly Row[]): Row =>
  parts.filter(part => rowText(part) !== '').flatMap((part, at) => (at === 0 ? part : [span('  '), ...part]))

/** Where the view stands in the output, in words. */
const positionText = ({ viewport, view }: StepScene): string => {
  const { height } = viewport
  if (isAllSeen(viewport)) return ''
  const anchor = anchorOf(viewport, view.top)
  if (view.top === 'end' || isAtEnd(viewport, anchor)) return ''
  const last = linesFrom(viewport, anchor).slice(0, height).at(-1)?.number ?? anchor.line
  return `${formatCount(anchor.line)}–${formatCount(last)} of `
}

const followText = ({ scene: { run, view, viewport }, services }: StepMoment): string => {
  const isRunning = run?.phase === 'running'
  if (isAllSeen(viewport) && !isRunning) return ''
  if (!isRunning && isAtEnd(viewport, anchorOf(viewport, view.top))) return 'end'
  if (view.top !== 'end') return `not following, ${keyOf(services, 'output-follow')} follows`
  return 'following'
}

/** How many lines there are; with a filter, how many of them are shown. */
const countText = ({ viewport, view }: StepScene): string => {
  const all = formatCounted(viewport.output.totalLines, 'line')
  return view.filter === undefined
    ? all
    : `${formatCount(shownCount(viewport))} of ${all} with "${view.filter}"`
}

/** A long output is searched in turns: that it ends without a hit is said where it was said how far it is. */
const searchWords = ({ find }: UiState, { searched, isMissed }: StepScene): readonly string[] => {
  if (searched < 1) return [`${formatShare(searched)} searched`]
  return isMissed ? [`"${find}" not found`] : []
}

/** What stands beside the title of the output, the fullest first: last of all goes where in it that is. */
const outputRemarks = (moment: StepMoment): readonly Row[] => {
  const { scene, ui } = moment
  if (scene.run === undefined) return []
  const { output } = scene.viewport
  const lost = output.firstLine - 1
  const position = output.totalLines === 0 ? [] : [`${positionText(scene)}${countText(scene)}`]
  const times = ui.times === 'shown' ? ['times in UTC'] : []
  const gone = lost > 0 ? [`first ${formatCount(lost)} only on disk`] : []
  const searched = searchWords(ui, scene)
  const wrap = wrapWords(ui, scene)
  const follow = [followText(moment)]
  return [
    [position, times, gone, searched, wrap, follow],
    [position, gone, searched, wrap, follow],
    [position, searched, wrap, follow],
    [position, searched, follow],
    [position, searched],
    [position],
  ].map(words =>
    row(
      words
        .flat()
        .filter(word => word !== '')
        .join(` ${glyphs.separator} `),
      'dim',
    ),
  )
}

/** The word "Output" and a scrap of the command. */
const outputOpening = 10

const wrapWords = ({ longLines }: UiState, { shift }: StepScene): readonly string[] => {
  if (longLines === 'wrap') return ['wrapped']
  return shift > 0 ? [`from column ${shift + 1}`] : []
}

/** How many commands have yet to run before the ways on can be told apart; none where one is recommended. */
const wordsOnRest = ({ session, ref, step, choices }: StepScene): readonly string[] => {
  const isTold = choices.some(({ standing }) => standing === 'recommended')
  const left = isTold || !stepRunsFinished(session, ref) ? 0 : readsLeft(session, ref, step).length
  return left === 0 ? [] : [`${left} more to run, then choose`, `run ${left} more`]
}

/** What to do before a way is chosen: what a step has to run, its ways on are about. */
const firstWords = (scene: StepScene): readonly string[] => {
  const { entries, run, step, choices } = scene
  if (step.branches.length === 0) return []
  if (run !== undefined) return wordsOnRest(scene)
  const isOpen = choices.some(({ standing }) => standing === 'open')
  if (!isOpen || entries.length === 0) return []
  return [`run the ${entries.length === 1 ? 'command' : 'commands'} first, then choose`, 'run first']
}

/** What stands beside the ways on, the fullest first. */
const nextRemarks = (scene: StepScene): readonly Row[] => {
  const count = scene.choices.length
  const isCut = count > (scene.layout.panes.next?.height ?? 0)
  const cut = isCut ? row(formatCounted(count, 'way'), 'dim') : []
  const [whole = '', short = ''] = firstWords(scene)
  return [[row(whole, 'accent'), cut], [row(short, 'accent'), cut], [row(short, 'accent')]].map(spaced)
}

const named =
  (title: string): RuleWords =>
  () => ({ title: row(title, 'strong'), remarks: [] })

const ruleWords: Readonly<Record<Pane, RuleWords>> = {
  path: named('Path'),
  layers: named('Layers'),
  commands: named('Commands'),
  next: ({ scene }) => ({ title: row('Next', 'strong'), remarks: nextRemarks(scene) }),
  explanation: moment => {
    return { title: row(stepName(moment.scene.step), 'strong'), remarks: explanationRemarks(moment) }
  },
  output: moment => {
    const { run, session } = moment.scene
    const isElsewhere = run?.machine !== undefined && run.machine.target !== session.header?.target
    const title = [
      span('Output', 'strong'),
      span(isElsewhere ? `  on ${run.machine.host}` : '', 'accent'),
      span(run === undefined ? '' : `  ${oneLine(run.line)}`, 'dim'),
    ]
    return { title, remarks: outputRemarks(moment), opening: outputOpening }
  },
  findings: ({ scene }) => ({ title: row('Findings', 'strong'), remarks: [row(readText(scene.run), 'dim')] }),
}

/** The row of a rule with its title and remark. */
export const presentStepRule = (moment: StepMoment, rule: Rule): Row => {
  return presentRule({
    ...ruleWords[rule.pane](moment),
    width: rule.width,
    isFocused: isFocusedRule(moment, rule),
  })
}
