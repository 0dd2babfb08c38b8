import { operandsOf } from '../command/options.ts'
import { type Located, listFact, nothing, record } from '../parsed.ts'
import { linesOf } from '../text/lines.ts'
import type { CommandWords, FactValue, Parsed, Parser, ParserInput } from '../types.ts'
import { subjectCells } from './certificate.ts'

const valueOptions = [
  '-CAfile',
  '-CApath',
  '-CAstore',
  '-untrusted',
  '-trusted',
  '-CRLfile',
  '-purpose',
  '-attime',
]

const errorPattern = /^error (\d+) at (\d+) depth lookup: ?(.*)$/

const good = ({ stdout }: ParserInput): readonly Located<FactValue>[] =>
  linesOf(stdout).flatMap(({ number, text }) => {
    const name = /^(.+): OK$/.exec(text)?.[1]
    return name === undefined ? [] : [{ line: number, value: { name, verified: true } }]
  })

// OpenSSL 1.1 and newer name the file behind the errors; 1.0 before them, together with the subject.
const failedName = (text: string, argv: CommandWords): string | undefined =>
  /^error (.+): verification failed$/m.exec(text)?.[1] ??
  /^(\S+): (?!OK$)\S.*\nerror \d+ at/m.exec(text)?.[1] ??
  operandsOf(argv, valueOptions)[1]

const bad = ({ argv, stdout, stderr }: ParserInput): readonly Located<FactValue>[] => {
  const lines = [...linesOf(stdout), ...linesOf(stderr).map(line => ({ ...line, number: 0 }))]
  const index = lines.findIndex(({ text }) => errorPattern.test(text))
  const line = lines[index]
  const [, code, depth, message] = errorPattern.exec(line?.text ?? '') ?? []
  if (line === undefined) return []
  const subject = /^(?:\S+: )?((?:\/|[A-Z]+ ?= ?).*)$/.exec(lines[index - 1]?.text ?? '')?.[1]
  const value = record({
    name: failedName(`${stdout}\n${stderr}`, argv) ?? subject ?? '',
    ...(subject === undefined ? {} : subjectCells(subject)),
    verified: false,
    verifyCode: Number(code),
    verifyDepth: Number(depth),
    verifyError: message,
  })
  return [{ line: line.number, value }]
}

const parse = (input: ParserInput): Parsed => {
  const failed = bad(input)
  const rows = failed.length > 0 ? failed : good(input)
  return rows.length === 0 ? nothing : listFact('certificates', rows)
}

/** Whether certificates are signed by the authority that they are checked against: `openssl verify`. */
export const opensslVerify: Parser = {
  name: 'openssl-verify',
  gives: ['certificates'],
  recognises: argv => argv[0] === 'openssl' && argv[1] === 'verify',
  recognisesText: text => /^error \d+ at \d+ depth lookup:/m.test(text),
  parse,
}
