import { type Cells, combine, type Located, listFact, nothing, record, singleFact } from '../parsed.ts'
import { linesOf, type TextLine } from '../text/lines.ts'
import type { FactValue, Parsed, Parser, ParserInput } from '../types.ts'
import { readWriteOut } from './curl-write-out.ts'
import { readMetrics } from './metrics.ts'

// `[+]etcd ok` and `[-]etcd failed: reason withheld` of the API server's verbose health pages.
const checkPattern = /^\[([+-])\](\S+) (?:ok|failed(?:: (.*))?)/

const checksOf = (lines: readonly TextLine[]): readonly Located<FactValue>[] =>
  lines.flatMap(({ number, text }) => {
    const match = checkPattern.exec(text)
    if (match === null) return []
    const [, sign, name = '', reason] = match
    return [{ line: number, value: record({ name, ok: sign === '+', reason }) }]
  })

const verdicts: readonly (readonly [RegExp, boolean])[] = [
  [/^ok$/i, true],
  [/^\{"health": ?"?true"?/, true],
  [/^\{"health": ?"?false"?/, false],
  [/^(?:healthz|livez|readyz) check passed/, true],
  [/(?:healthz|livez|readyz) check failed/, false],
]

const verdictOf = (lines: readonly TextLine[]): Parsed => {
  for (const { number, text } of lines) {
    const verdict = verdicts.find(([pattern]) => pattern.test(text.trim()))
    if (verdict !== undefined)
      return singleFact('health', { line: number, value: { ok: verdict[1], text: text.trim() } })
  }
  return nothing
}

const statusPattern = /^(?:< )?HTTP\/[\d.]+ (\d{3})(?: (.*))?$/

const statusOf = (lines: readonly TextLine[]): Parsed => {
  const line = lines.findLast(candidate => statusPattern.test(candidate.text.trim()))
  const [, status, reason] = statusPattern.exec(line?.text.trim() ?? '') ?? []
  if (line === undefined || status === undefined) return nothing
  return singleFact('http', {
    line: line.number,
    value: record({ status: Number(status), reason: reason || undefined }),
  })
}

// The API server answers what it refuses with a Status object.
const refusedBody = (stdout: string): Parsed => {
  const code = /^[ \t]*"code": (\d{3})[ \t\r]*$/m.exec(stdout)?.[1]
  if (code === undefined || !/"kind": "Status"/.test(stdout)) return nothing
  const reason = /"reason": "(\w+)"/.exec(stdout)?.[1]
  return singleFact('http', { line: 1, value: record({ status: Number(code), reason }) })
}

// The kubelet and some proxies answer with the bare name of the status.
const bareWord = (stdout: string): Parsed => {
  const status = { Unauthorized: 401, Forbidden: 403 }[stdout.trim()]
  return status === undefined
    ? nothing
    : singleFact('http', { line: 1, value: { status, reason: stdout.trim() } })
}

const withAnswer = ({ line, value }: Located<Cells>, { facts }: Parsed): Located<FactValue> => ({
  line,
  value: record({ ...(facts.http as Cells | undefined), ...value }),
})

const asksForMetrics = ({ argv }: ParserInput): boolean => argv.some(word => /\/metrics\b/.test(word))

const parse = (input: ParserInput): Parsed => {
  const { stdout, stderr } = input
  const lines = linesOf(stdout)
  const checks = checksOf(lines)
  const shown = statusOf(lines)
  const answer = Object.keys(shown.facts).length > 0 ? shown : statusOf(linesOf(stderr))
  const written = readWriteOut(input)
  return combine([
    checks.length === 0 ? nothing : listFact('healthChecks', checks),
    verdictOf(lines),
    written === undefined ? answer : singleFact('http', withAnswer(written, answer)),
    refusedBody(stdout),
    bareWord(stdout),
    asksForMetrics(input) ? readMetrics(lines) : nothing,
  ])
}

/** An HTTP answer: `curl` with -v, -i, -k, -w; health pages of the API server, kubelet and etcd; samples at /metrics. */
export const curl: Parser = {
  name: 'curl',
  gives: ['health', 'healthChecks', 'http', 'metrics'],
  recognises: argv => argv[0] === 'curl' || argv[0] === 'wget',
  recognisesText: text =>
    /^\[[+-]\]\w+ (?:ok|failed)/m.test(text) || /^[*<>] (?:HTTP\/|Connected to |Trying )/m.test(text),
  parse,
}
