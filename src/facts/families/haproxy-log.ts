import { type Located, listFact, nothing, record } from '../parsed.ts'
import { linesOf, type TextLine } from '../text/lines.ts'
import type { FactValue, Parsed, Parser, ParserInput } from '../types.ts'

// `Server masters/master1 is DOWN, reason: Layer4 connection problem, info: "Connection refused", check duration: 0ms. 1 active …`
const serverLine =
  /\bServer ([\w.-]+)\/([\w.:-]+) is (UP|DOWN|going DOWN[^,.]*)(?:, reason: ([^,]+))?(?:, (?:code: \d+, )?info: "([^"]*)")?/
const emptyLine = /\b(?:backend|proxy) '?([\w.-]+)'? has no server available!/

type Word = { readonly line: number; readonly value: Readonly<Record<string, FactValue>> }

const serverOf = ({ number, text }: TextLine): Word | undefined => {
  const match = serverLine.exec(text)
  if (match === null) return undefined
  const [, proxy, server, status = '', reason, info] = match
  const lastCheck = info ?? reason
  const word = status === 'UP' ? 'UP' : 'DOWN'
  return { line: number, value: record({ proxy, server, status: word, lastCheck }) as Word['value'] }
}

const backendOf = ({ number, text }: TextLine): Word | undefined => {
  const proxy = emptyLine.exec(text)?.[1]
  return proxy === undefined
    ? undefined
    : { line: number, value: { proxy, server: 'BACKEND', status: 'DOWN' } }
}

// A backend without a server serves again as soon as one of its servers is up.
const revived = (word: Word): Word | undefined =>
  word.value.status === 'UP'
    ? { line: word.line, value: { proxy: word.value.proxy ?? '', server: 'BACKEND', status: 'UP' } }
    : undefined

const parse = ({ stdout }: ParserInput): Parsed => {
  const latest = new Map<string, Located<FactValue>>()
  const note = (word: Word): unknown => latest.set(`${word.value.proxy} ${word.value.server}`, word)
  for (const line of linesOf(stdout)) {
    const word = serverOf(line) ?? backendOf(line)
    if (word === undefined) continue
    note(word)
    const backend = revived(word)
    if (backend !== undefined && latest.has(`${word.value.proxy} BACKEND`)) note(backend)
  }
  return latest.size === 0 ? nothing : listFact('proxyServers', [...latest.values()])
}

/** What HAProxy's log says last of each server and backend, wherever the log stands: journal, file, container. */
export const haproxyLog: Parser = {
  name: 'haproxy-log',
  gives: ['proxyServers'],
  recognises: () => false,
  recognisesText: text => /\bServer [\w.-]+\/[\w.:-]+ is (?:UP|DOWN)|has no server available!/.test(text),
  supplements: true,
  parse,
}
