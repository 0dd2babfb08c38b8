import { listFact, nothing, record } from '../parsed.ts'
import type { TextLine } from '../text/lines.ts'
import type { FactValue, Parsed } from '../types.ts'

// Components have tens of thousands of samples; an operator looks at the few that a filter leaves.
const KEPT = 500

const sample = /^([A-Za-z_:][\w:]*)(?:\{(.*)\})? (\S+)(?: \d+)?$/

const labelsOf = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...text.matchAll(/([A-Za-z_]\w*)="((?:[^"\\]|\\.)*)"/g)].map(match => [
      match[1] ?? '',
      (match[2] ?? '').replaceAll('\\"', '"'),
    ]),
  )

const numberOf = (text: string): number | undefined => {
  const value = Number(text)
  return Number.isFinite(value) && text !== '' ? value : undefined
}

const sampleOf = (text: string): FactValue | undefined => {
  const [, name, labels = '', number = ''] = sample.exec(text) ?? []
  const value = numberOf(number)
  return name === undefined || value === undefined
    ? undefined
    : record({ name, labels: labelsOf(labels), value })
}

/** Samples in the text format of Prometheus, the first 500; comments, infinities and other lines are passed over. */
export const readMetrics = (lines: readonly TextLine[]): Parsed => {
  const rows = lines.slice(0, KEPT * 20).flatMap(({ number, text }) => {
    const value = sampleOf(text)
    return value === undefined ? [] : [{ line: number, value }]
  })
  return rows.length === 0 ? nothing : listFact('metrics', rows.slice(0, KEPT))
}
