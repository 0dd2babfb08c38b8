import { type Located, listFact, nothing } from '../parsed.ts'
import { linesOf } from '../text/lines.ts'
import type { FactValue, Parsed, Parser, ParserInput } from '../types.ts'
import { parseJson } from './json-value.ts'

const KEPT = 500

// Raw output (-r) is text, everything else is JSON: one value a line, or one that is set out over all lines.
const toValue = (text: string): FactValue => {
  const value = /^["[{\d-]|^(?:true|false|null)$/.test(text) ? parseJson(text) : undefined
  return value === undefined ? text : (value as FactValue)
}

const perLine = (stdout: string): readonly Located<FactValue>[] =>
  linesOf(stdout).map(({ number, text }) => ({ line: number, value: toValue(text.trim()) }))

const parse = ({ stdout }: ParserInput): Parsed => {
  const whole = parseJson(stdout) as FactValue | undefined
  if (whole === undefined && /^[[{][ \t]*$/m.test(stdout)) return nothing
  const rows = whole === undefined ? perLine(stdout) : [{ line: 1, value: whole }]
  return rows.length === 0 ? nothing : listFact('selectedValues', rows.slice(0, KEPT))
}

/** What a jq filter chose of a JSON document: `… | jq FILTER`, with -r, -c and without. */
export const selectedValues: Parser = {
  name: 'selected-values',
  gives: ['selectedValues'],
  recognises: argv => argv[0] === 'jq',
  recognisesText: () => false,
  parse,
}
