import { operandsOf } from '../command/options.ts'
import { nothing, singleFact } from '../parsed.ts'
import { linesOf } from '../text/lines.ts'
import type { Parsed, Parser, ParserInput } from '../types.ts'

const namePattern = /^[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?$/

const addresses = (stdout: string): Parsed => {
  const line = linesOf(stdout).find(({ text }) => /^[\da-f.:]+(?: [\da-f.:]+)*\s*$/.test(text))
  return line === undefined
    ? nothing
    : singleFact('hostAddresses', { line: line.number, value: line.text.trim().split(/\s+/) })
}

const nameOf = (stdout: string): Parsed => {
  const lines = linesOf(stdout)
  const told = lines.find(({ text }) => /^\s*Static hostname: \S+/.test(text))
  const line = told ?? (lines.length === 1 ? lines[0] : undefined)
  const name = line?.text.replace(/^\s*Static hostname: /, '').trim() ?? ''
  return line === undefined || !namePattern.test(name)
    ? nothing
    : singleFact('hostname', { line: line.number, value: name })
}

const parse = ({ argv, stdout }: ParserInput): Parsed =>
  argv.some(word => ['-I', '-i', '--all-ip-addresses', '--ip-address'].includes(word))
    ? addresses(stdout)
    : nameOf(stdout)

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
