import { operandsOf, optionValue } from '../command/options.ts'
import { type Located, listFact, nothing, record } from '../parsed.ts'
import { linesOf, type TextLine } from '../text/lines.ts'
import { parseNumber } from '../text/number.ts'
import type { CommandWords, Division, FactValue, Parsed, Parser, ParserInput } from '../types.ts'

const opening = /^PING ([^\s(]+?)(?: ?\(([^)]+)\))?(?: from \S+ \S+)?:? (\d+)/
const closing =
  /^(\d+) packets transmitted, (\d+) (?:packets )?received(?:, \+?\d+ [a-z]+)*, ([\d.]+)% packet loss/
// In another language the numbers stand in the same order, on the line below the rule.
const anyClosing =
  /^\D{0,30}(\d+)[^\d,]{0,40}, \D{0,30}(\d+)[^\d,]{0,40}, (?:[^,%]{1,40}, ){0,3}([\d.]+) ?% ?\D/u
const rule = /^--- \S.* ---$/
const timing = /^(?:rtt|round-trip) min\/\w+\/max(?:\/\w+)? = ([\d.]+)\/([\d.]+)\/([\d.]+)(?:\/([\d.]+))?/
const unresolved =
  /ping6?: (?:unknown host |bad address ['"]?|cannot resolve )?([^\s:'"]+)['"]?:? ?(?:Temporary failure in name resolution|Name or service not known|No address associated with hostname|Unknown host|System error)?/

const countOf = (lines: readonly TextLine[], pattern: RegExp): number | undefined =>
  lines.filter(line => pattern.test(line.text)).length || undefined

/** What the command asks for, where the line that repeats it was filtered away. */
type Asked = { readonly target: string | undefined; readonly size: string | undefined }

type Sums = { readonly line: TextLine; readonly match: RegExpExecArray }

const sumsOf = (lines: readonly TextLine[]): Sums | undefined => {
  for (const [index, line] of lines.entries()) {
    const isBelowRule = rule.test(lines[index - 1]?.text ?? '')
    const match = closing.exec(line.text) ?? (isBelowRule ? anyClosing.exec(line.text) : null)
    if (match !== null) return { line, match }
  }
  return undefined
}

const pingOf = (lines: readonly TextLine[], asked?: Asked): Located<FactValue> => {
  const [, target = asked?.target, address, size] = opening.exec(lines[0]?.text ?? '') ?? []
  const sums = sumsOf(lines)
  const end = sums?.line
  const [, transmitted, received, loss] = sums?.match ?? []
  const times = lines.map(line => timing.exec(line.text)).find(match => match !== null)
  const value = record({
    target,
    address: address?.replace(/^.*\((.*)$/, '$1') ?? (size === undefined ? undefined : target),
    resolved: true,
    size: parseNumber(size ?? asked?.size),
    transmitted: parseNumber(transmitted),
    // Without the sums, as when somebody copies the first lines, the replies are counted.
    received: parseNumber(received) ?? countOf(lines, /^\d+ bytes from /),
    lossPercent: parseNumber(loss),
    minimumMs: parseNumber(times?.[1]),
    averageMs: parseNumber(times?.[2]),
    maximumMs: parseNumber(times?.[3]),
    deviationMs: parseNumber(times?.[4]),
    errors: parseNumber(/(\d+) errors/.exec(end?.text ?? '')?.[1]),
    duplicates: parseNumber(/(\d+) duplicates/.exec(end?.text ?? '')?.[1]),
    unreachable: countOf(
      lines,
      /Destination (?:Host|Net|Network) Unreachable|Destination unreachable: (?:Address|No route)/i,
    ),
    prohibited: countOf(lines, /(?:Packet filtered|Prohibited|Port Unreachable)/i),
  })
  return { line: end?.number ?? lines[0]?.number ?? 0, value }
}

const failedName =
  /name resolution|Name or service not known|No address associated|[Uu]nknown host|bad address/

const unresolvedRows = ({ argv, stdout, stderr }: ParserInput): readonly Located<FactValue>[] => {
  const line = `${stderr}\n${stdout}`.split('\n').find(text => failedName.test(text))
  if (line === undefined) return []
  const named = unresolved.exec(line)?.[1]
  const target = named === undefined || named === 'unknown' ? (targetOf(argv) ?? '') : named
  return [{ line: 0, value: { target, resolved: false } }]
}

const valueOptions = '-c -i -w -W -s -t -I -m -M -p -Q -S -l -T -F -N -O'.split(' ')

const targetOf = (argv: CommandWords): string | undefined => {
  const target = operandsOf(argv, valueOptions).at(-1)
  return target?.includes('$') ? undefined : target
}

// `ping … | tail -2` leaves the sums alone.
const sumsAlone = (lines: readonly TextLine[], argv: CommandWords): readonly Located<FactValue>[] =>
  sumsOf(lines) === undefined
    ? []
    : [pingOf(lines, { target: targetOf(argv), size: optionValue(argv, ['-s']) })]

const parse = (input: ParserInput): Parsed => {
  const lines = linesOf(input.stdout)
  const starts = lines.flatMap((line, index) => (opening.test(line.text) ? [index] : []))
  const rows = starts.map((start, index) => pingOf(lines.slice(start, starts[index + 1])))
  const found = rows.length > 0 ? rows : sumsAlone(lines, input.argv)
  const all = [...found, ...unresolvedRows(input)]
  return all.length === 0 ? nothing : listFact('pings', all)
}

/** The sums stand at the end of each, but for the times. */
const divide: Division = (stdout, commands) => {
  const texts = stdout.split('\n')
  const ends = texts.flatMap((text, index) => (closing.test(text) ? [index] : []))
  if (ends.length !== commands.length) return undefined
  const lasts = ends.map(end => (timing.test(texts[end + 1] ?? '') ? end + 1 : end))
  return lasts.map((last, index) => {
    const from = (lasts[index - 1] ?? -1) + 1
    return texts.map((text, at) => (at >= from && at <= last ? text : '')).join('\n')
  })
}

/** Echo requests: `ping` of iputils and busybox, several in one text too. A name that did not resolve has `resolved` false. */
export const ping: Parser = {
  name: 'ping',
  gives: ['pings'],
  recognises: argv => argv[0] === 'ping' || argv[0] === 'ping6',
  recognisesText: text => /^PING \S+/m.test(text) && /packets transmitted/.test(text),
  parse,
  divide,
}
