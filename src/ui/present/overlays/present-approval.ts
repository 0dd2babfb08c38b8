import type { Run } from '../../../session/index.ts'
import type { Moment } from '../../state/moment.ts'
import type { Overlay } from '../../state/overlay.ts'
import { glyphs } from '../../theme/glyphs.ts'
import { clipRow } from '../fit-row.ts'
import { fieldRow } from '../present-field.ts'
import type { OverlayRoom } from '../present-overlay.ts'
import { type Row, span } from '../span.ts'
import { effectWord } from '../words.ts'
import { wrapRow, wrapText } from '../wrap-row.ts'

type Approval = Extract<Overlay, { kind: 'approval' }>

const labelWidth = 10

const labelled = (label: string, text: Row, width: number): readonly Row[] =>
  wrapRow([span(label.padEnd(labelWidth), 'dim'), ...text], { width, hang: ' '.repeat(labelWidth) })

/** A target inside of a machine says what is entered there. */
const throughRows = ({ machine }: Run, width: number): readonly Row[] =>
  machine !== undefined && /^(?:planet|pod:)/.test(machine.target)
    ? labelled('target', [span(machine.target)], width)
    : []

const effectRow = ({ effect, because }: Run): Row => {
  const { text, sign, tone } = effectWord(effect)
  return [span(`${sign} ${text}`, tone), span(because === '' ? '' : `: ${because}`)]
}

/** The whole command must be seen: it is wrapped, and what even then does not fit is left out aloud, never in silence. */
const commandRows = (line: string, width: number, height: number): readonly Row[] => {
  const rows = line
    .split('\n')
    .flatMap(part => wrapRow([span(part, 'strong')], { width: width - 2, hang: '  ' }))
  const more = rows.length - height + 1
  const shown: readonly Row[] =
    rows.length <= height
      ? rows
      : [
          ...rows.slice(0, height - 1),
          [span(`${glyphs.more} ${more} more rows: Esc, then i to see them`, 'warn')],
        ]
  return shown.map(r => [span('  '), ...r])
}

/** What is shown around the command: all of it, or on a low screen the least. */
type Surroundings = { readonly above: readonly Row[]; readonly below: readonly Row[] }

const roomy = (run: Run, wants: string, { host, width }: { host: string; width: number }): Surroundings => ({
  above: [
    ...labelled('machine', [span(host, 'strong')], width),
    ...(run.place === undefined ? [] : labelled('meant for', [span(run.place)], width)),
    ...throughRows(run, width),
    ...labelled('effect', effectRow(run), width),
    [],
  ],
  below: [
    [],
    ...wrapText(
      `Type ${wants} and press Enter to run it. Anything else, or Esc, does not run it.`,
      width,
      'dim',
    ),
  ],
})

const tight = (run: Run, wants: string, { host, width }: { host: string; width: number }): Surroundings => ({
  above: [[span('on ', 'dim'), span(host, 'strong')], clipRow(effectRow(run), width)],
  below: wrapText(`Type ${wants} to run it, Esc does not.`, width, 'dim'),
})

const leastForCommand = 3

/** What is asked before a command that may change something runs: where, exactly what, what it does, and the word that says yes. */
export const presentApproval = (
  overlay: Approval,
  { snapshot, services }: Moment,
  { width, height }: OverlayRoom,
): readonly Row[] => {
  const run = snapshot?.session.runs.get(overlay.runId)
  if (run === undefined) return []
  const wants = snapshot?.session.approval?.wants ?? 'run'
  const room = { host: run.machine?.host ?? services.target.host, width }
  const rowsOf = ({ above, below }: Surroundings): number => height - above.length - below.length - 1
  const large = roomy(run, wants, room)
  const around = rowsOf(large) >= leastForCommand ? large : tight(run, wants, room)
  const command = commandRows(run.line, width, Math.max(1, rowsOf(around)))
  return [...around.above, ...command, ...around.below, fieldRow(glyphs.selected, overlay.field, width)]
}
