import type { TextLine } from '../text/lines.ts'
import { type DnsAnswer, type DnsQuery, silenceOf, withoutDot } from './dns-query.ts'

const failures: readonly RegExp[] = [
  /^\*\* server can't find (\S+?): ([A-Z]+)/,
  /^\*\*\* Can't find (\S+?): (No answer)/,
  /^nslookup: can't (resolve) '([^']+)'/,
  /^Host (\S+) not found: \d+\(([A-Z]+)\)/,
  /^(\S+) (has no) \S+ record/,
]

// The name is there, but nothing of the kind that was asked for.
const noRecord = ['No answer', 'has no']

type Failure = { readonly line: number; readonly name: string; readonly status: string }

const failureOf = ({ number, text }: TextLine): Failure | undefined => {
  const match = failures.map(pattern => pattern.exec(text)).find(found => found !== null)
  if (match === undefined || match === null) return undefined
  const [, first = '', second = ''] = match
  if (first === 'resolve') return { line: number, name: second, status: 'NXDOMAIN' }
  return { line: number, name: first, status: noRecord.includes(second) ? 'NOERROR' : second }
}

const pairs: readonly (readonly [RegExp, string | undefined])[] = [
  [/^(\S+)\s+canonical name = (\S+)/, 'CNAME'],
  [/^(\S+) is an alias for (\S+)/, 'CNAME'],
  [/^(\S+)\s+(?:name =|domain name pointer) (\S+)/, 'PTR'],
  [/^(\S+) has address (\S+)/, 'A'],
  [/^(\S+) has IPv6 address (\S+)/, 'AAAA'],
  [/^(\S+)\s+mail (?:exchanger =|is handled by) (.+)$/, 'MX'],
  [/^(\S+)\s+(?:service =|has SRV record) (.+)$/, 'SRV'],
  [/^(\S+)\s+(?:nameserver =|name server) (\S+)$/, 'NS'],
  [/^(\S+) has SOA record (.+)$/, 'SOA'],
  [/^(\S+) has CAA record (.+)$/, 'CAA'],
  [/^(\S+)\s+(?:text =|descriptive text) (.+)$/, 'TXT'],
]

const pairOf = (text: string): DnsAnswer | undefined => {
  for (const [pattern, type] of pairs) {
    const [, name, value] = pattern.exec(text) ?? []
    if (value !== undefined) return { name: withoutDot(name), type, value: withoutDot(value.trim()) ?? '' }
  }
  return undefined
}

const addressPattern = /^Address(?: \d+)?:\s*([\da-fA-F.:]+)(?:\s|$)/

// Addresses stand below the name that they belong to; the first one of all is the server's own.
const answersOf = (lines: readonly TextLine[]): readonly DnsAnswer[] => {
  let name: string | undefined
  return lines.flatMap(({ text }): DnsAnswer | readonly DnsAnswer[] => {
    name = /^Name:\s*(\S+)/.exec(text)?.[1] ?? name
    const address = name === undefined ? undefined : addressPattern.exec(text)?.[1]
    if (address === undefined) return pairOf(text) ?? []
    return [{ name, type: address.includes(':') ? 'AAAA' : 'A', value: address }]
  })
}

const serverOf = (lines: readonly TextLine[]): string | undefined => {
  const server = lines.map(({ text }) => /^Server:\s*(\S+)/.exec(text)?.[1]).find(Boolean)
  const asked = lines.map(({ text }) => /^;; .*?(?:to|with) ([^#\s]+)#\d+/.exec(text)?.[1]).find(Boolean)
  return server ?? asked
}

// `host NAME SERVER` names the server first.
const givenServer = (lines: readonly TextLine[]): string | undefined => {
  const start = lines.findIndex(({ text }) => text.startsWith('Using domain server:'))
  const address = lines[start + 2]?.text ?? ''
  return start < 0 ? undefined : /^Address: ([^#\s]+)#\d+/.exec(address)?.[1]
}

const queryOf = (lines: readonly TextLine[], name: string | undefined): DnsQuery | undefined => {
  const answers = answersOf(lines)
  const server = serverOf(lines)
  if (answers.length > 0) {
    const line =
      lines.find(({ text }) => /^Name:|=|has |alias|pointer|name server|descriptive|handled/.test(text))
        ?.number ?? 0
    return { line, name: name ?? answers[0]?.name, server, status: 'NOERROR', answers }
  }
  const failed = lines.map(failureOf).find(failure => failure !== undefined)
  if (failed !== undefined) return { ...failed, name: name ?? failed.name, server, answers }
  const silent = lines.find(({ text }) => silenceOf(text) !== undefined)
  if (silent === undefined) return undefined
  return { line: silent.number, name, server, status: 'NO-ANSWER', error: silenceOf(silent.text), answers }
}

/** Queries in the form of nslookup (of bind and busybox) and host; each begins with the server, where it is named. */
export const nslookupQueries = (
  lines: readonly TextLine[],
  name: string | undefined,
): readonly DnsQuery[] => {
  const starts = lines.flatMap(({ text }, index) =>
    /^(?:Server:|Using domain server:)/.test(text) ? [index] : [],
  )
  const cuts = [0, ...starts.slice(1)]
  return cuts.flatMap((cut, index) => {
    const block = lines.slice(cut, cuts[index + 1])
    const isHost = block.some(({ text }) => text.startsWith('Using domain server:'))
    const own = isHost ? block.filter(({ text }) => !/^(?:Name|Address|Aliases|Using)/.test(text)) : block
    const query = queryOf(own, name)
    return query === undefined ? [] : { ...query, server: query.server ?? givenServer(block) }
  })
}
