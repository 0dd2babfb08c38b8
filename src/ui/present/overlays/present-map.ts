import { formatCount, formatCounted } from '../../../base/index.ts'
import { windowTop } from '../../layout/window-rows.ts'
import { chosenRow, type MapRow, mapRows } from '../../scene/map-rows.ts'
import type { PathState } from '../../scene/step-states.ts'
import type { Moment } from '../../state/moment.ts'
import type { MapOverlay } from '../../state/overlay.ts'
import { glyphs } from '../../theme/glyphs.ts'
import { clipRow, fitRow, spreadRow } from '../fit-row.ts'
import { oneLine } from '../one-line.ts'
import { reasonOf, standingWords } from '../present-next.ts'
import type { OverlayRoom } from '../present-overlay.ts'
import { type Row, row, span } from '../span.ts'
import type { Word } from '../words.ts'

const stateWords: Readonly<Record<PathState, Word>> = {
  here: { sign: glyphs.here, text: 'you are here', tone: 'accent' },
  trouble: { sign: glyphs.bad, text: 'trouble found', tone: 'bad' },
  clear: { sign: glyphs.good, text: 'clear', tone: 'good' },
  seen: { sign: glyphs.untouched, text: 'seen', tone: 'plain' },
  ahead: { sign: ' ', text: '', tone: 'dim' },
}

/** The lines that join a row to those above it; deep rows keep their last few. */
const guides = ({ goesOn }: MapRow, width: number): string => {
  const most = Math.max(2, Math.floor(width / 8))
  const levels = goesOn.map((more, at) => {
    const isOwn = at === goesOn.length - 1
    if (isOwn) return `${more ? glyphs.teeRight : glyphs.lastBranch} `
    return more ? `${glyphs.vertical} ` : '  '
  })
  return levels.slice(-most).join('')
}

const foldSign = ({ fold }: MapRow): string => {
  if (fold === undefined) return '  '
  return fold === 'open' ? `${glyphs.unfolded} ` : `${glyphs.folded} `
}

const roomy = 70

const stepRemark = ({ known }: MapRow, width: number): Row => {
  const { state, visits, troubles } = known
  const { text, tone } = stateWords[state]
  const [first] = troubles
  const found =
    first === undefined
      ? []
      : [span(`${glyphs.bad} ${width < roomy ? formatCount(troubles.length) : first.title} `, 'bad')]
  const said = text === '' || (state === 'trouble' && first !== undefined) ? [] : [span(`${text} `, tone)]
  const order = visits.length === 0 ? '' : visits.map(visit => `#${visit}`).join(' ')
  return [...found, ...said, span(order, 'dim')]
}

const branchWords = ({ choice, isTaken }: NonNullable<MapRow['branch']>): Word =>
  isTaken ? { sign: glyphs.recommended, text: 'taken', tone: 'accent' } : standingWords[choice.standing]

const leftOf = (line: MapRow, isChosen: boolean, width: number): Row => {
  const { branch, known, title } = line
  const lead = [span(isChosen ? `${glyphs.selected} ` : '  ', 'accent'), span(guides(line, width), 'rule')]
  if (branch !== undefined) {
    const { sign, tone } = branchWords(branch)
    const isOut = branch.choice.standing === 'ruled-out' && !branch.isTaken
    const name = span(title, isChosen ? 'selected' : isOut ? 'dim' : 'plain')
    return [...lead, span(`${sign} `, tone), name]
  }
  const { sign, tone } = stateWords[known.state]
  const look = isChosen || known.state === 'here' ? 'selected' : known.visits.length > 0 ? 'plain' : 'dim'
  return [...lead, span(foldSign(line), 'accent'), span(`${sign} `, tone), span(title, look)]
}

const lineRow = (line: MapRow, isChosen: boolean, width: number): Row => {
  const { branch } = line
  const words = branch && branchWords(branch)
  const remark = words === undefined ? stepRemark(line, width) : [span(words.text, words.tone)]
  const right = clipRow(remark, Math.floor(width * 0.45))
  return spreadRow({ left: leftOf(line, isChosen, width), right, width })
}

/** What is to be known of the chosen row, in one row. */
const aboutRow = ({ branch, step, known }: MapRow, width: number): Row => {
  if (branch !== undefined) {
    const why = reasonOf(branch.choice)
    return clipRow(row(oneLine(why === '' ? 'The runbook does not say when.' : why), 'dim'), width)
  }
  const found = known.troubles.map(({ title }) => title)
  const words = [
    ...(step.layer === undefined ? [] : [step.layer]),
    formatCounted(step.commands.length, 'command'),
    ...(step.branches.length === 0 ? [] : [`${formatCounted(step.branches.length, 'way')} on`]),
    ...new Set(found),
  ]
  return clipRow(row(words.join(` ${glyphs.separator} `), 'dim'), width)
}

/** A runbook as a tree: what was visited and in which order, what was found, and which ways were taken or ruled out. */
export const presentMap = (
  map: MapOverlay,
  moment: Moment,
  { width, height }: OverlayRoom,
): readonly Row[] => {
  const rows = mapRows(map, moment)
  const chosen = chosenRow(rows, map)
  const line = rows[chosen]
  const tree = moment.services.context.library.trees.get(map.runbook)
  if (line === undefined || tree === undefined) return [row('This runbook has no steps.', 'dim')]
  const room = Math.max(1, height - 3)
  const top = windowTop({ count: rows.length, height: room, selected: chosen })
  const visited = new Set(
    moment.snapshot?.session.path.flatMap(ref => (ref.runbook === tree.name ? ref.step : [])),
  ).size
  const head = spreadRow({
    left: [span(tree.title, 'strong')],
    right: [span(`${formatCount(visited)} of ${formatCounted(tree.steps.length, 'step')} visited`, 'dim')],
    width,
  })
  const shown = rows.slice(top, top + room).map((r, at) => lineRow(r, top + at === chosen, width))
  const filler = Array.from({ length: Math.max(0, room - shown.length) }, (): Row => [])
  return [
    head,
    ...shown,
    ...filler,
    [span(glyphs.horizontal.repeat(width), 'rule')],
    fitRow(aboutRow(line, width), width),
  ]
}
