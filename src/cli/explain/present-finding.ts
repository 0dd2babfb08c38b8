import { wrapWords } from '../wrap-words.ts'
import type { PlacedEvidence, PlacedFinding } from './place-findings.ts'
import { quoteLine } from './quote-line.ts'
import type { TextStyle } from './text-style.ts'

const MOST_QUOTED = 3
const INDENT = '   '

const gutterOf = (number: string, style: TextStyle): string => `${INDENT}${number.padStart(6)} ${style.bar} `

const presentHeading = ({ title, severity, layer, cause }: PlacedFinding, style: TextStyle): string => {
  const sign = `${style.signOf(severity)} ${severity}`
  const set = severity === 'error' ? style.alarming(sign) : sign
  return `${set}  ${style.strong(title)}  ${style.faint(`(${layer}, ${cause})`)}`
}

const presentQuote = (piece: PlacedEvidence, style: TextStyle): readonly string[] => {
  const gutter = gutterOf(piece.line === 0 ? '' : String(piece.line), style)
  const width = style.width - gutter.length
  const { text, marks } = quoteLine({ ...piece, width, cut: style.cut })
  const line = gutter + text
  return marks === '' ? [line] : [line, gutterOf('', style) + style.alarming(marks)]
}

// A fact says in words what its line shows; one that stands on no line has only the words.
const presentEvidence = (piece: PlacedEvidence, style: TextStyle): readonly string[] => {
  const quote = presentQuote(piece, style)
  return piece.says === undefined ? quote : [...quote, `${gutterOf('', style)}${style.arrow} ${piece.says}`]
}

const withFileHeadings = (pieces: readonly PlacedEvidence[], style: TextStyle): readonly string[] =>
  pieces.flatMap((piece, index) => {
    const isNew = piece.file !== undefined && piece.file !== pieces[index - 1]?.file
    return [...(isNew ? [`${INDENT}${style.faint(piece.file ?? '')}`] : []), ...presentEvidence(piece, style)]
  })

const presentRest = (count: number, style: TextStyle): readonly string[] =>
  count > 0 ? [gutterOf('', style) + style.faint(`and ${count} more`)] : []

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
