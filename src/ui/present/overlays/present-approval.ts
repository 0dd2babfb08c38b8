import type { PendingApproval, Run } from '../../../session/index.ts'
import { keyOf } from '../../keys/key-of.ts'
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

const labelWidth = 12

const labelled = (label: string, text: Row, width: number): readonly Row[] =>
  wrapRow([span(label.padEnd(labelWidth), 'dim'), ...text], { width, hang: ' '.repeat(labelWidth) })

const effectRow = ({ effect, because }: Run): Row => {
  const { text, sign, tone } = effectWord(effect)
  return [span(`${sign} ${text}`, tone), span(because === '' ? '' : `: ${because}`)]
}

/** The whole command must be seen: it is wrapped, and what even then does not fit is left out aloud, never in silence. */
const commandRows = ({ run: { line }, width, editKey }: Asked, height: number): readonly Row[] => {
  const rows = line
    .split('\n')
    .flatMap(part => wrapRow([span(part, 'strong')], { width: width - 2, hang: '  ' }))
  const more = rows.length - height + 1
  const shown: readonly Row[] =
    rows.length <= height
      ? rows
      : [
          ...rows.slice(0, height - 1),
          [span(`${glyphs.more} ${more} more rows: Esc, then ${editKey} to see them`, 'warn')],
        ]
  return shown.map((r, at) => [span(at === 0 ? '$ ' : '  ', 'dim'), ...r])
}

/** What is shown around the command: all of it, or on a low screen the least. */
type Surroundings = { readonly above: readonly Row[]; readonly below: readonly Row[] }

type Asked = {
  readonly run: Run
  readonly approval: PendingApproval
  readonly host: string
  readonly width: number
  /** Opens the whole command in a field. */
  readonly editKey: string
}

const oneLine = (text: string): string => text.replace(/\s*\n\s*/g, '; ')

/** What the runbook and the tools know: what is changed, how that is undone, and what is saved before. */
const adviceOf = ({ run, approval }: Asked): readonly (readonly [label: string, text: Row])[] => [
  ...(run.changes === undefined ? [] : [['changes', [span(run.changes)]] as const]),
  ['to undo', [span(oneLine(run.undo ?? 'Not known: neither the runbook nor the tool says how.'))]],
  ...(approval.saving === undefined
    ? []
    : [['saves first', [span(oneLine(approval.saving.line), 'good')]] as const]),
]

const answerText = ({ wants, saving }: PendingApproval): string =>
  saving === undefined
    ? `Type ${wants} and press Enter to run it. Anything else, or Esc, does not run it.`
    : `Type ${wants} and press Enter to save first and then run it; "${wants} unsaved" runs it without. Anything else, or Esc, does not run it.`

/** `height` is what the command and the field leave. */
type Picture = (asked: Asked, height: number) => Surroundings

const roomy: Picture = asked => {
  const { run, approval, host, width } = asked
  return {
    above: [
      ...labelled('machine', [span(host, 'strong')], width),
      ...(run.place === undefined ? [] : labelled('meant for', [span(run.place)], width)),
      ...labelled('effect', effectRow(run), width),
      ...adviceOf(asked).flatMap(([label, text]) => labelled(label, text, width)),
      [],
    ],
    below: [[], ...wrapText(answerText(approval), width, 'dim')],
  }
}

/** Where, what is changed and how that is undone: each in whole where the height allows, the last first; else cut to a row. */
const close = (asked: Asked, advice: ReturnType<typeof adviceOf>, height: number): Surroundings['above'] => {
  const { run, host, width } = asked
  const on: Row = [span('on ', 'dim'), span(host, 'strong')]
  const hang = '  '
  const told = [
    {
      whole: wrapRow([...on, span('  '), ...effectRow(run)], { width, hang }),
      cut: [on, clipRow(effectRow(run), width)],
    },
    ...advice.map(([label, text]) => {
      const line: Row = [span(`${label}: `, 'dim'), ...text]
      return { whole: wrapRow(line, { width, hang }), cut: [clipRow(line, width)] }
    }),
  ]
  let spare = height - told.reduce((sum, { cut }) => sum + cut.length, 0)
  const shown = told.toReversed().map(({ whole, cut }) => {
    if (whole.length - cut.length > spare) return cut
    spare -= whole.length - cut.length
    return whole
  })
  return shown.toReversed().flat()
}

const medium: Picture = (asked, height) => {
  const below = wrapText(answerText(asked.approval), asked.width, 'dim')
  return { above: close(asked, adviceOf(asked), height - below.length), below }
}

/** On the lowest screen: what is saved or else how it is undone. */
const tight: Picture = (asked, height) => {
  const below = wrapText(`Type ${asked.approval.wants} to run it, Esc does not.`, asked.width, 'dim')
  return { above: close(asked, adviceOf(asked).slice(-1), height - below.length), below }
}

const leastForCommand = 3

const isCut = (rows: readonly Row[]): boolean => rows.some(line => line.at(-1)?.text === glyphs.more)

/** What is asked before a command that may change something runs: where, exactly what, what it does, and the word that says yes. */
export const presentApproval = (
  overlay: Approval,
  { snapshot, services }: Moment,
  { width, height }: OverlayRoom,
): readonly Row[] => {
  const run = snapshot?.session.runs.get(overlay.runId)
  const approval = snapshot?.session.approval
  if (run === undefined || approval === undefined) return []
  const asked = {
    run,
    approval,
    host: run.machine?.host ?? services.target.host,
    width,
    editKey: keyOf(services, 'edit-command'),
  }
  const wanted = Math.min(leastForCommand, commandRows(asked, Number.POSITIVE_INFINITY).length)
  const room = height - 1 - wanted
  const pictures = [roomy, medium, tight].map(picture => picture(asked, room))
  const fitting = pictures.filter(({ above, below }) => above.length + below.length <= room)
  const around = fitting.find(({ above }) => !isCut(above)) ?? tight(asked, room)
  const command = commandRows(asked, Math.max(1, height - 1 - around.above.length - around.below.length))
  return [...around.above, ...command, ...around.below, fieldRow(glyphs.selected, overlay.field, width)]
}
