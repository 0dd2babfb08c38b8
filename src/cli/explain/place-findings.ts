import type { Evidence, Finding } from '../../diagnosis/index.ts'
import type { Examined, FileStart } from './examine-inputs.ts'

/**
 * Evidence with the file that it stands in, its line counted from the beginning of that file. The text is
 * that of the line; what a fact on it means is in `says`. A fact that stands on no line has its sentence for a text.
 */
export type PlacedEvidence = Evidence & { readonly file?: string; readonly says?: string }

/** A finding whose evidence names files. */
export type PlacedFinding = Omit<Finding, 'evidence'> & { readonly evidence: readonly PlacedEvidence[] }

/** The file in which a line stands that is counted over all files; none for line 0, that of a fact that stands on no line. */
export const fileOfLine = ({ files }: Pick<Examined, 'files'>, line: number): FileStart | undefined =>
  files.findLast(({ before }) => before < line)

const place = (examined: Examined, evidence: Evidence): PlacedEvidence => {
  const { quotes } = examined
  const file = fileOfLine(examined, evidence.line)
  if (file === undefined) return evidence
  const quote = quotes.get(evidence.line)
  // A quote may be cut off.
  const isSentence =
    quote !== undefined && !quote.startsWith(evidence.text) && !evidence.text.startsWith(quote)
  const placed = {
    ...evidence,
    line: evidence.line - file.before,
    ...(isSentence ? { text: quote, says: evidence.text } : {}),
  }
  return file.path === undefined ? placed : { ...placed, file: file.path }
}

/** The findings, placed in their files. */
export const placeFindings = (examined: Examined): readonly PlacedFinding[] =>
  examined.findings.map(finding => ({
    ...finding,
    evidence: finding.evidence.map(piece => place(examined, piece)),
  }))
