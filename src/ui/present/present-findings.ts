import { formatCount } from '../../base/index.ts'
import { windowTop } from '../layout/window-rows.ts'
import type { Finding } from '../scene/nouns.ts'
import type { StepFinding } from '../scene/step-findings.ts'
import { glyphs } from '../theme/glyphs.ts'
import { fitRow } from './fit-row.ts'
import { type Row, row, span } from './span.ts'
import { markWords } from './words.ts'

/** What the list of findings shows. `selected` is absent while the keys are elsewhere. */
export type FindingList = {
  readonly findings: readonly StepFinding[]
  readonly selected: number | undefined
  readonly width: number
  readonly height: number
  /** Said when there is nothing to list. */
  readonly empty: string
}

/** How often an output shows a cause, where that is more than once. */
export const timesText = ({ count }: Finding): string =>
  count > 1 ? ` (${glyphs.times}${formatCount(count)})` : ''

/** How many outputs show a cause, where that is more than one. */
export const outputsText = (outputs: number): string =>
  outputs > 1 ? `  in ${formatCount(outputs)} outputs` : ''

const whereOf = (finding: Finding): string => {
  const line = finding.evidence.find(piece => piece.line > 0)?.line
  const times = timesText(finding)
  return line === undefined ? times : `  line ${formatCount(line)}${times}`
}

const shortProof = 50

/** A proof that is quickly read, such as `/var is 97 % full`; log lines are longer, and are seen in the output. */
const proofOf = ({ evidence }: Finding): string => {
  const proof = evidence[0]?.text.replace(/\s+/g, ' ').trim() ?? ''
  return proof.length <= shortProof ? proof : ''
}

const rowOf = ({ finding, outputs }: StepFinding, isSelected: boolean): Row => {
  const { sign, text, tone } = markWords[finding.severity]
  return [
    span(isSelected ? `${glyphs.selected} ` : '  ', 'accent'),
    span(`${sign} ${text}  `, tone),
    span(finding.title, isSelected ? 'selected' : 'plain'),
    span(whereOf(finding), 'dim'),
    span(outputsText(outputs), 'dim'),
    span(proofOf(finding) === '' ? '' : `  ${proofOf(finding)}`),
    span(finding.consequenceOf === undefined ? '' : `  follows from ${finding.consequenceOf}`, 'dim'),
    span(finding.meaning === '' ? '' : `  ${finding.meaning}`, 'dim'),
    span(`  ${finding.cause}`, 'dim'),
  ]
}

/** The rows of the findings that are in view: how serious, what, where, and the proof. */
export const presentFindings = (list: FindingList): readonly Row[] => {
  const { findings, selected, width, height } = list
  if (findings.length === 0) return [fitRow(row(list.empty, 'dim'), width)]
  const top = windowTop({ count: findings.length, height, selected: selected ?? 0 })
  return findings
    .slice(top, top + height)
    .map((finding, at) => fitRow(rowOf(finding, top + at === selected), width))
}
