import { nothing, singleFact } from '../parsed.ts'
import { linesOf } from '../text/lines.ts'
import type { Parsed, Parser, ParserInput } from '../types.ts'

const count = /^(?:CPU\(s\):)?\s*(\d+)\s*$/

const parse = ({ stdout }: ParserInput): Parsed => {
  const line = linesOf(stdout).find(({ text }) => count.test(text))
  return line === undefined
    ? nothing
    : singleFact('cpus', { line: line.number, value: Number(count.exec(line.text)?.[1]) })
}

/** The number of processors: `nproc`, `lscpu`. */
export const nproc: Parser = {
  name: 'nproc',
  gives: ['cpus'],
  recognises: argv => argv[0] === 'nproc' || argv[0] === 'lscpu',
  recognisesText: text => /^Architecture:\s.*\n(?:.*\n)*?CPU\(s\):\s/m.test(text.slice(0, 2000)),
  parse,
}
