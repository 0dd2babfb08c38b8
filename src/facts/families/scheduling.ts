import { type Located, listFact, nothing } from '../parsed.ts'
import { linesOf, type TextLine } from '../text/lines.ts'
import type { FactValue, Parsed, Parser, ParserInput } from '../types.ts'

// `0/10 nodes are available: 10 node(s) didn't match Pod's node affinity/selector, 4 Insufficient cpu. preemption: …`
const verdict = /(?<!\d)(\d+)\/(\d+) nodes are available:? (.*)$/

const reasonPattern = /^(\d+) (.*)$/

const reasonsOf = (text: string): readonly FactValue[] =>
  text
    .replace(/ preemption: .*$/, '')
    .replace(/\. *$/, '')
    .split(', ')
    .flatMap(part => {
      const [, count = '', reason = ''] = reasonPattern.exec(part.trim().replace(/\.$/, '')) ?? []
      return reason === '' ? [] : [{ count: Number(count), reason }]
    })

const failureOf = ({ number, text }: TextLine): readonly Located<FactValue>[] => {
  const [, fitting = '', nodes = '', rest = ''] = verdict.exec(text) ?? []
  const reasons = reasonsOf(rest)
  return reasons.length === 0
    ? []
    : [{ line: number, value: { fitting: Number(fitting), nodes: Number(nodes), reasons } }]
}

const parse = ({ stdout }: ParserInput): Parsed => {
  const rows = linesOf(stdout).flatMap(failureOf)
  return rows.length === 0 ? nothing : listFact('scheduling', rows)
}

/** What the scheduler says of pods that it cannot place, wherever that stands: events, descriptions, logs. */
export const scheduling: Parser = {
  name: 'scheduling',
  gives: ['scheduling'],
  recognises: () => false,
  recognisesText: text => / nodes are available/.test(text),
  supplements: true,
  parse,
}
