import type { Moment } from '../../state/moment.ts'
import type { Overlay } from '../../state/overlay.ts'
import { glyphs } from '../../theme/glyphs.ts'
import { fieldRow } from '../present-field.ts'
import type { OverlayRoom } from '../present-overlay.ts'
import { type Row, span } from '../span.ts'
import { effectWord } from '../words.ts'
import { wrapRow, wrapText } from '../wrap-row.ts'

type Approval = Extract<Overlay, { kind: 'approval' }>

const labelled = (label: string, text: Row, width: number): readonly Row[] =>
  wrapRow([span(label.padEnd(10), 'dim'), ...text], { width, hang: ' '.repeat(10) })

/** The whole command must be seen: it is wrapped, and only when even that does not fit its middle is left out, aloud. */
const commandRows = (line: string, width: number, height: number): readonly Row[] => {
  const rows = line
    .split('\n')
    .flatMap(part => wrapRow([span(part, 'strong')], { width: width - 2, hang: '  ' }))
  const shown =
    rows.length <= height
      ? rows
      : [
          ...rows.slice(0, height - 1),
          [span(`${glyphs.more} ${rows.length - height + 1} more rows; Esc, then i shows them`, 'warn')],
        ]
  return shown.map(r => [span('  '), ...r])
}

/** What is asked before a command that may change something runs: where, exactly what, what it does, and the word that says yes. */
export const presentApproval = (
  overlay: Approval,
  { snapshot, services }: Moment,
  { width, height }: OverlayRoom,
): readonly Row[] => {
  const run = snapshot?.session.runs.get(overlay.runId)
  const wants = snapshot?.session.approval?.wants ?? 'run'
  if (run === undefined) return []
  const { text, sign, tone } = effectWord(run.effect)
  const about = [
    ...labelled('machine', [span(services.target.host, 'strong')], width),
    ...(run.place === undefined ? [] : labelled('meant for', [span(run.place)], width)),
    ...labelled(
      'effect',
      [span(`${sign} ${text}`, tone), span(run.because === '' ? '' : `: ${run.because}`)],
      width,
    ),
  ]
  const question = [
    ...wrapText(
      `Type ${wants} and press Enter to run it. Anything else, or Esc, does not run it.`,
      width,
      'dim',
    ),
    fieldRow(glyphs.selected, overlay.field, width),
  ]
  const room = Math.max(1, height - about.length - question.length - 2)
  return [...about, [], ...commandRows(run.line, width, room), [], ...question]
}
