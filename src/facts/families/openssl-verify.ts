import { operandsOf } from '../command/options.ts'
import { type Located, listFact, nothing, record } from '../parsed.ts'
import { linesOf, type TextLine } from '../text/lines.ts'
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

// OpenSSL 1.1 and newer name the file behind its errors; 1.0 before them, together with the subject.
const named = /^error (.+): verification failed$/
const namedBefore = /^(\S+): (?!OK$)\S/

type Verdict = { readonly at: number; readonly name: string | undefined }

// The first error of each certificate is the one to tell: what follows it are further words on the same.
const verdicts = (lines: readonly TextLine[]): readonly Verdict[] => {
  const found: Verdict[] = []
  let open: Verdict | undefined
  const close = (name: string | undefined): void => {
    if (open !== undefined) found.push({ at: open.at, name: open.name ?? name })
    open = undefined
  }
  for (const [index, { text }] of lines.entries()) {
    const ending = named.exec(text)?.[1]
    const before = errorPattern.test(text) ? namedBefore.exec(lines[index - 1]?.text ?? '')?.[1] : undefined
    if (before !== undefined) close(undefined)
    if (ending !== undefined) close(ending)
    else if (errorPattern.test(text)) open ??= { at: index, name: before }
  }
  close(undefined)
  return found
}

const bad = (lines: readonly TextLine[], argv: CommandWords, { at, name }: Verdict): Located<FactValue> => {
  const [, code, depth, message] = errorPattern.exec(lines[at]?.text ?? '') ?? []
  const subject = /^(?:\S+: )?((?:\/|[A-Z]+ ?= ?).*)$/.exec(lines[at - 1]?.text ?? '')?.[1]
  const value = record({
    name: name ?? operandsOf(argv, valueOptions)[1] ?? subject ?? '',
    ...(subject === undefined ? {} : subjectCells(subject)),
    verified: false,
    verifyCode: Number(code),
    verifyDepth: Number(depth),
    verifyError: message,
  })
  return { line: lines[at]?.number ?? 0, value }
}

const parse = (input: ParserInput): Parsed => {
  const lines = [...linesOf(input.stdout), ...linesOf(input.stderr).map(line => ({ ...line, number: 0 }))]
  const failed = verdicts(lines).map(verdict => bad(lines, input.argv, verdict))
  const rows = [...good(input), ...failed]
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
