import { nothing, singleFact } from '../parsed.ts'
import { linesOf } from '../text/lines.ts'
import type { Parsed, Parser, ParserInput } from '../types.ts'

const parse = ({ stdout }: ParserInput): Parsed => {
  const line = linesOf(stdout).find(({ text }) => /^\d+$/.test(text.trim()))
  return line === undefined
    ? nothing
    : singleFact('cpus', { line: line.number, value: Number(line.text.trim()) })
}

/** The number of processors: `nproc`. */
export const nproc: Parser = {
  name: 'nproc',
  gives: ['cpus'],
  recognises: argv => argv[0] === 'nproc',
  recognisesText: () => false,
  parse,
}
