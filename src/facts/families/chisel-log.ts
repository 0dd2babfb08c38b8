import { nothing, record, singleFact } from '../parsed.ts'
import { linesOf } from '../text/lines.ts'
import type { Parsed, Parser, ParserInput } from '../types.ts'
import { parseDuration } from './durations.ts'

const clientLine = /\bclient: (.*)$/

type Tunnel = Readonly<Record<string, string | number | undefined>>

type Rule = { readonly pattern: RegExp; readonly read: (match: RegExpExecArray) => Tunnel }

const rules: readonly Rule[] = [
  { pattern: /^Connecting to (\S+)/, read: ([, server]) => ({ state: 'connecting', server }) },
  {
    pattern: /^Connected(?: \(Latency (\S+?)\))?/,
    read: ([, latency = '']) => ({
      state: 'connected',
      latencySeconds: parseDuration(latency),
      attempts: undefined,
      lastError: undefined,
    }),
  },
  { pattern: /^(?:Disconnected|Connection closed)/, read: () => ({ state: 'disconnected' }) },
  {
    pattern: /^Connection error: (.*?)(?: \(Attempt: (\d+)(?:\/\S+)?\))?$/,
    read: ([, lastError, attempts]) => ({
      state: 'failing',
      lastError,
      ...(attempts === undefined ? {} : { attempts: Number(attempts) }),
    }),
  },
  { pattern: /^(?:Give up|Cancelled)/, read: () => ({ state: 'stopped' }) },
]

const parse = ({ stdout }: ParserInput): Parsed => {
  let tunnel: Tunnel | undefined
  let last = 0
  for (const { number, text } of linesOf(stdout)) {
    const message = clientLine.exec(text)?.[1] ?? ''
    for (const { pattern, read } of rules) {
      const match = pattern.exec(message)
      if (match === null) continue
      tunnel = { ...tunnel, ...read(match) }
      last = number
    }
  }
  return tunnel === undefined ? nothing : singleFact('tunnel', { line: last, value: record(tunnel) })
}

/** How a chisel client stands at the end of its log: connected, connecting, failing with which error at which attempt. */
export const chiselLog: Parser = {
  name: 'chisel-log',
  gives: ['tunnel'],
  recognises: () => false,
  recognisesText: text => /\bclient: (?:Connect(?:ing|ed|ion)|Disconnected|Retrying in)/.test(text),
  supplements: true,
  parse,
}
