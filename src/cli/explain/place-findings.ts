import type { Evidence, Finding } from '../../diagnosis/index.ts'
import type { Examined } from './examine-inputs.ts'

/** Evidence with the file that it stands in, its line counted from the beginning of that file. */
export type PlacedEvidence = Evidence & { readonly file?: string }

/** A finding whose evidence names files. */
export type PlacedFinding = Omit<Finding, 'evidence'> & { readonly evidence: readonly PlacedEvidence[] }

/** Gives evidence its file and the line within it. A fact that stands on no line stands in no file. */
export const place = ({ files }: Examined, evidence: Evidence): PlacedEvidence => {
  const file = files.findLast(({ before }) => before < evidence.line)
  if (file === undefined) return evidence
  const placed = { ...evidence, line: evidence.line - file.before }
  return file.path === undefined ? placed : { ...placed, file: file.path }
}

/** The findings, placed in their files. */
export const placeFindings = (examined: Examined): readonly PlacedFinding[] =>
  examined.findings.map(finding => ({
    ...finding,
    evidence: finding.evidence.map(piece => place(examined, piece)),
  }))
