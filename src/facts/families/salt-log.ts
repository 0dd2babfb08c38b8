import { nothing, record, singleFact } from '../parsed.ts'
import { parseInstant } from '../text/instant.ts'
import { linesOf } from '../text/lines.ts'
import type { Parsed, Parser, ParserInput } from '../types.ts'

type Minion = Readonly<Record<string, string | undefined>>

type Rule = { readonly pattern: RegExp; readonly read: (match: RegExpExecArray) => Minion }

const state = (word: string): Minion => ({ state: word })

const rules: readonly Rule[] = [
  { pattern: /Setting up the Salt Minion "([^"]+)"/, read: ([, id]) => ({ id, state: 'starting' }) },
  {
    pattern: /DNS lookup (?:or connection check )?of '([^']+)' failed/,
    read: ([, master]) => ({ master, state: 'master-not-found' }),
  },
  {
    pattern: /Master hostname: '([^']+)' not found/,
    read: ([, master]) => ({ master, state: 'master-not-found' }),
  },
  {
    pattern: /(?:has cached the public key|minion key[^.]*not (?:yet )?accepted)/i,
    read: () => state('waiting-for-key'),
  },
  {
    pattern: /(?:rejected this minion's public key|key has been denied|is not accepted by|has rejected)/i,
    read: () => state('key-rejected'),
  },
  {
    pattern: /master (?:key has changed|public key does not match)|Invalid master key/i,
    read: () => state('key-rejected'),
  },
  {
    pattern:
      /SaltReqTimeoutError|Attempt to authenticate with the salt master failed|Error while bringing up minion|No master could be reached|Master .* is not responsive/,
    read: () => state('master-not-answering'),
  },
  {
    pattern: /Authentication with master at (\S+) successful/,
    read: ([, address]) => ({ state: 'connected', address, lastError: undefined }),
  },
  {
    pattern: /Minion is ready to receive requests/,
    read: () => ({ state: 'connected', lastError: undefined }),
  },
  {
    pattern: /received a SIG\w+\. Exit|Salt Minion is shut ?down|Shutting down the Salt Minion/,
    read: () => state('stopped'),
  },
]

const errorLine = /\[(?:ERROR|CRITICAL) *\](?:\[\d+\])? *(.*)$/

const parse = ({ stdout }: ParserInput): Parsed => {
  let minion: Minion = {}
  let last = 0
  for (const { number, text } of linesOf(stdout)) {
    const error = errorLine.exec(text)?.[1]
    if (error !== undefined) minion = { ...minion, lastError: error, lastErrorAt: parseInstant(text) }
    const match = rules
      .map(({ pattern, read }) => ({ read, found: pattern.exec(text) }))
      .find(({ found }) => found !== null)
    if (match?.found === null || match === undefined) continue
    minion = { ...minion, ...match.read(match.found) }
    last = number
  }
  return minion.state === undefined
    ? nothing
    : singleFact('saltMinion', { line: last, value: record(minion) })
}

/** How a Salt minion stands at the end of its log: connected, waiting for its key, without its master, stopped. */
export const saltLog: Parser = {
  name: 'salt-log',
  gives: ['saltMinion'],
  recognises: () => false,
  recognisesText: text => /\[salt\.[\w.]+\s*(?::\d+\s*)?\]|Salt (?:Minion|Master)|salt[- ]minion/i.test(text),
  supplements: true,
  parse,
}
