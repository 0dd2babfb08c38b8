import { formatCount } from '../../../base/index.ts'
import { findStep } from '../../../session/index.ts'
import { clamp, windowTop } from '../../layout/window-rows.ts'
import { type FoundRow, foundRows } from '../../scene/found-rows.ts'
import type { Moment } from '../../state/moment.ts'
import type { Overlay } from '../../state/overlay.ts'
import { glyphs } from '../../theme/glyphs.ts'
import { clipRow, spreadRow } from '../fit-row.ts'
import { oneLine } from '../one-line.ts'
import { outputsText, timesText } from '../present-findings.ts'
import type { OverlayRoom } from '../present-overlay.ts'
import { type Row, span } from '../span.ts'
import { markWords, type Word } from '../words.ts'
import { wrapText } from '../wrap-row.ts'

type Found = Extract<Overlay, { kind: 'found' }>

const gone: Word = { sign: glyphs.good, text: 'gone', tone: 'good' }

type Look = { readonly isChosen: boolean; readonly width: number }

const pointer = (isChosen: boolean): Row => [span(isChosen ? `${glyphs.selected} ` : '  ', 'accent')]

const stepOf = ({ goal }: FoundRow, { services }: Moment): string =>
  findStep(services.context.library, goal.ref)?.title ?? goal.ref.step

/** One of several outputs that show a cause. */
const outputRow = (each: FoundRow, moment: Moment, { isChosen, width }: Look): Row => {
  const { finding, goal, command } = each
  const line = goal.line === undefined ? '' : `line ${formatCount(goal.line)}${timesText(finding)}  `
  const left = [
    ...pointer(isChosen),
    span(`    ${line}`, 'dim'),
    span(oneLine(command), isChosen ? 'selected' : 'plain'),
  ]
  const right = [span(stepOf(each, moment), 'dim')]
  return spreadRow({ left, right: clipRow(right, Math.floor(width / 3)), width })
}

const causeRow = ({ finding, isGone, outputs = 1 }: FoundRow, { isChosen, width }: Look): Row => {
  const { sign, text, tone } = isGone ? gone : markWords[finding.severity]
  const left = [
    ...pointer(isChosen),
    span(`${sign} ${text}  `, tone),
    span(finding.title, isChosen ? 'selected' : 'plain'),
    span(outputsText(outputs), 'dim'),
  ]
  const from = finding.consequenceOf
  const right = [span(from === undefined ? finding.layer : `follows from ${from}`, 'dim')]
  return spreadRow({ left, right: clipRow(right, Math.floor(width / 3)), width })
}

/** The chosen finding in full: what it means, what proves it, and where that was seen. */
const aboutRows = (each: FoundRow, moment: Moment, width: number): readonly Row[] => {
  const { finding, command } = each
  const proof = finding.evidence[0]?.text.replace(/\s+/g, ' ').trim() ?? ''
  return [
    [span(glyphs.horizontal.repeat(width), 'rule')],
    ...(proof === '' ? [] : [clipRow([span(oneLine(proof), 'strong')], width)]),
    ...(finding.meaning === '' ? [] : wrapText(finding.meaning, width)),
    clipRow(
      [span(`${stepOf(each, moment)} ${glyphs.separator} `, 'dim'), span(oneLine(command), 'dim')],
      width,
    ),
  ]
}

/** Everything that was found in the session, the one to act on first, and the chosen one in full below. */
export const presentFound = (
  { selected }: Found,
  moment: Moment,
  { width, height }: OverlayRoom,
): readonly Row[] => {
  const { snapshot } = moment
  const rows = snapshot === undefined ? [] : foundRows(snapshot.session, moment.services.context.library)
  const chosen = clamp(selected, 0, rows.length - 1)
  const current = rows[chosen]
  if (current === undefined)
    return wrapText(
      'Nothing has been found yet. Run the commands of a step: what their outputs point to is listed here.',
      width,
      'dim',
    )
  const about = aboutRows(current, moment, width).slice(0, Math.floor(height / 2))
  const room = Math.max(1, height - about.length)
  const top = windowTop({ count: rows.length, height: room, selected: chosen })
  const shown = rows.slice(top, top + room).map((each, at) => {
    const look = { isChosen: top + at === chosen, width }
    return each.outputs === undefined ? outputRow(each, moment, look) : causeRow(each, look)
  })
  return [...shown, ...about]
}
