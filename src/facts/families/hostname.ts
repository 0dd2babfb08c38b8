import { operandsOf } from '../command/options.ts'
import { nothing, singleFact } from '../parsed.ts'
import type { TextLine } from '../text/lines.ts'
import type { Parsed, Parser, ParserInput } from '../types.ts'
import { answerLines } from './answer-lines.ts'

const namePattern = /^[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?$/

const addresses = (lines: readonly TextLine[]): Parsed => {
  const line = lines.find(({ text }) => /^[\da-f.:]+(?: [\da-f.:]+)*\s*$/.test(text))
  return line === undefined
    ? nothing
    : singleFact('hostAddresses', { line: line.number, value: line.text.trim().split(/\s+/) })
}

const nameOf = (lines: readonly TextLine[]): Parsed => {
  const told = lines.find(({ text }) => /^\s*Static hostname: \S+/.test(text))
  const line = told ?? (lines.length === 1 ? lines[0] : undefined)
  const name = line?.text.replace(/^\s*Static hostname: /, '').trim() ?? ''
  return line === undefined || !namePattern.test(name)
    ? nothing
    : singleFact('hostname', { line: line.number, value: name })
}

const addressOptions = ['-I', '-i', '--all-ip-addresses', '--ip-address']

const parse = ({ argv, stdout }: ParserInput): Parsed => {
  const lines = answerLines(stdout, argv)
  return argv.some(word => addressOptions.includes(word)) ? addresses(lines) : nameOf(lines)
}

/** The name of the machine: `hostname`, -f, -s, -I for its addresses, `hostnamectl`. */
export const hostname: Parser = {
  name: 'hostname',
  gives: ['hostname', 'hostAddresses'],
  recognises: argv =>
    (argv[0] === 'hostname' || argv[0] === 'hostnamectl') &&
    operandsOf(argv).every(word => word === 'status'),
  recognisesText: text => /^ *Static hostname: \S+/m.test(text),
  parse,
}
