import { optionValue } from '../command/options.ts'
import { combine, type Located, listFact, nothing, record, singleFact } from '../parsed.ts'
import { capture } from '../text/capture.ts'
import { linesOf, type TextLine } from '../text/lines.ts'
import type { FactValue, Parsed, Parser, ParserInput } from '../types.ts'
import { certificateInstant, issuerCells, subjectCells } from './certificate.ts'

const linkOf = (lines: readonly TextLine[], target: string): Located<FactValue> => {
  const text = lines.map(line => line.text).join('\n')
  const depth = capture(text, /^ ?(\d+) s:/) ?? '0'
  const dates = /v:NotBefore: (.*?); NotAfter: (.*)/.exec(text)
  const value = record({
    name: depth === '0' ? target : `${target} ${depth}`,
    ...subjectCells(capture(text, /^ ?\d+ s: ?(.*)/) ?? ''),
    ...issuerCells(capture(text, /^[ \t]+i: ?(.*)/m) ?? ''),
    notBefore: certificateInstant(dates?.[1] ?? ''),
    notAfter: certificateInstant(dates?.[2] ?? ''),
  })
  return { line: lines[0]?.number ?? 0, value }
}

const chainOf = (lines: readonly TextLine[], target: string): readonly Located<FactValue>[] => {
  const starts = lines.flatMap(({ text }, index) => (/^ ?\d+ s:/.test(text) ? [index] : []))
  return starts.map(start => {
    const length = lines.slice(start + 1).findIndex(({ text }) => /^(?: ?\d+ s:|---)/.test(text))
    return linkOf(lines.slice(start, length < 0 ? undefined : start + 1 + length), target)
  })
}

const verdictPattern = /^\s*Verify return code: (\d+) \((.*)\)$/

// What was agreed upon; the line above it names the family of the cipher with older programs and with LibreSSL.
const protocolOf = (stdout: string): string | undefined =>
  capture(stdout, /^New, (TLSv1\.[1-3]), Cipher is (?!\(NONE\))/m) ??
  (/^New, \S+, Cipher is (?!\(NONE\))/m.test(stdout)
    ? (capture(stdout, /^ +Protocol *: (\S+)$/m) ?? capture(stdout, /^New, (\S+), Cipher is/m))
    : undefined)

const connectionOf = ({ stdout, stderr }: ParserInput, target: string): Parsed => {
  const lines = linesOf(stdout)
  const verdict = lines.find(({ text }) => verdictPattern.test(text))
  const connected = lines.find(({ text }) => /^CONNECTED\(/.test(text))
  if (connected === undefined) return nothing
  // Without a certificate there was nothing to verify, though it says OK.
  const wasShown = !/^no peer certificate available$/m.test(stdout)
  const [, code, message] = (wasShown && verdictPattern.exec(verdict?.text ?? '')) || []
  const value = record({
    target,
    verified: code === undefined ? undefined : code === '0',
    verifyCode: code === undefined ? undefined : Number(code),
    verifyError: code === '0' ? undefined : message,
    protocol: protocolOf(stdout),
    cipher: capture(stdout, /Cipher is (?!\(NONE\))(\S+)/),
    alert: capture(stderr, /SSL routines:[^:]*:((?:sslv3|tlsv1) alert [^:]*|[^:]*alert[^:]*):/),
  })
  return singleFact('tlsConnection', { line: (verdict ?? connected).number, value })
}

// `-brief` says little, and says it on the error stream.
const briefly = ({ stdout, stderr }: ParserInput, target: string): Parsed => {
  const text = `${stderr}\n${stdout}`
  if (!/^CONNECTION ESTABLISHED$/m.test(text)) return nothing
  const error = capture(text, /^Verification error: (.*)$/m)
  const verified = error === undefined && /^Verification: OK$/m.test(text)
  const subject = capture(text, /^Peer certificate: (.*)$/m)
  const value = record({
    target,
    verified: error === undefined && !verified ? undefined : verified,
    verifyError: error,
    protocol: capture(text, /^Protocol version: (\S+)$/m),
    cipher: capture(text, /^Ciphersuite: (\S+)$/m),
  })
  const rows =
    subject === undefined ? [] : [{ line: 0, value: record({ name: target, ...subjectCells(subject) }) }]
  return combine([
    singleFact('tlsConnection', { line: 0, value }),
    rows.length === 0 ? nothing : listFact('certificates', rows),
  ])
}

const parse = (input: ParserInput): Parsed => {
  const target = optionValue(input.argv, ['-connect']) ?? 'server'
  const chain = chainOf(linesOf(input.stdout), target)
  return combine([
    chain.length === 0 ? nothing : listFact('certificates', chain),
    connectionOf(input, target),
    briefly(input, target),
  ])
}

/** The chain that a server shows and whether it is trusted: `openssl s_client`. The dates of a chain are shown since OpenSSL 3.0. */
export const opensslSClient: Parser = {
  name: 'openssl-s-client',
  gives: ['certificates', 'tlsConnection'],
  recognises: argv => argv[0] === 'openssl' && argv[1] === 's_client',
  recognisesText: text => /^CONNECTED\([0-9A-F]+\)$/m.test(text),
  parse,
}
