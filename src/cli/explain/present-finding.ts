import type { PlacedEvidence, PlacedFinding } from './place-findings.ts'
import { quoteLine } from './quote-line.ts'
import type { TextStyle } from './text-style.ts'
import { wrapWords } from './wrap-words.ts'

const MOST_QUOTED = 3
const INDENT = '   '

const presentHeading = ({ title, severity, layer, cause }: PlacedFinding, style: TextStyle): string => {
  const sign = `${style.signOf(severity)} ${severity}`
  const set = severity === 'error' ? style.alarming(sign) : sign
  return `${set}  ${style.strong(title)}  ${style.faint(`(${layer}, ${cause})`)}`
}

/** A fact that stands on no line of the output speaks for itself. */
const presentEvidence = (piece: PlacedEvidence, style: TextStyle): readonly string[] => {
  const number = piece.line === 0 ? '' : String(piece.line)
  const gutter = `${INDENT}${number.padStart(6)} ${style.bar} `
  const { text, marks } = quoteLine({
    ...piece,
    width: style.width - gutter.length,
    cut: style.cut,
  })
  const below = `${INDENT}${' '.repeat(6)} ${style.bar} ${style.alarming(marks)}`
  return marks === '' ? [gutter + text] : [gutter + text, below]
}

const withFileHeadings = (pieces: readonly PlacedEvidence[], style: TextStyle): readonly string[] =>
  pieces.flatMap((piece, index) => {
    const isNew = piece.file !== undefined && piece.file !== pieces[index - 1]?.file
    return [...(isNew ? [`${INDENT}${style.faint(piece.file ?? '')}`] : []), ...presentEvidence(piece, style)]
  })

const presentRest = (count: number, style: TextStyle): readonly string[] =>
  count > 0 ? [`${INDENT}${' '.repeat(6)} ${style.bar} ${style.faint(`and ${count} more`)}`] : []

const presentNext = ({ next }: PlacedFinding): readonly string[] =>
  next.map(
    ({ runbook, step }, index) =>
      `${INDENT}${index === 0 ? 'next' : '    '}  runtree open ${runbook}#${step}`,
  )

/** A finding for people: what it is, what it means, the lines that show it with the hit marked, and where to go on. */
export const presentFinding = (finding: PlacedFinding, style: TextStyle): string => {
  const { meaning, evidence, count, consequenceOf } = finding
  const quoted = evidence.slice(0, MOST_QUOTED)
  return [
    presentHeading(finding, style),
    ...wrapWords(meaning, style.width - INDENT.length).map(line => INDENT + line),
    ...(consequenceOf === undefined ? [] : [`${INDENT}It follows from ${consequenceOf}.`]),
    ...withFileHeadings(quoted, style),
    ...presentRest(count - quoted.length, style),
    ...presentNext(finding),
  ].join('\n')
}
