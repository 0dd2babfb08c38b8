import type { Evidence, Finding } from '../../diagnosis/index.ts'
import type { Examined } from './examine-inputs.ts'

/**
 * Evidence with the file that it stands in, its line counted from the beginning of that file. The text is
 * that of the line; what a fact on it means is in `says`. A fact that stands on no line has its sentence for a text.
 */
export type PlacedEvidence = Evidence & { readonly file?: string; readonly says?: string }

/** A finding whose evidence names files. */
export type PlacedFinding = Omit<Finding, 'evidence'> & { readonly evidence: readonly PlacedEvidence[] }

// A fact that stands on no line stands in no file.
const place = ({ files, quotes }: Examined, evidence: Evidence): PlacedEvidence => {
  const file = files.findLast(({ before }) => before < evidence.line)
  if (file === undefined) return evidence
  const quote = quotes.get(evidence.line)
  const isSentence = quote !== undefined && !quote.startsWith(evidence.text)
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
