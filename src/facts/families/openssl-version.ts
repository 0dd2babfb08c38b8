import { nothing, record, singleFact } from '../parsed.ts'
import { linesOf } from '../text/lines.ts'
import type { Parsed, Parser, ParserInput } from '../types.ts'
import { parseCalendarInstant } from './calendar-instant.ts'

const versionPattern = /^((?:Open|Libre|Boring)SSL) (\d\S*)(?:.*\(Library: \w+ (\S+))?/

const parse = ({ stdout }: ParserInput): Parsed => {
  const lines = linesOf(stdout)
  const line = lines.find(({ text }) => versionPattern.test(text))
  if (line === undefined) return nothing
  const [, name, version, libraryVersion] = versionPattern.exec(line.text) ?? []
  const after = (title: string): string | undefined =>
    lines.find(({ text }) => text.startsWith(`${title}: `))?.text.slice(title.length + 2)
  const directory = after('OPENSSLDIR')?.replaceAll('"', '')
  const builtAt = parseCalendarInstant(after('built on') ?? '')
  const value = record({ name, version, libraryVersion, builtAt, platform: after('platform'), directory })
  return singleFact('opensslVersion', { line: line.number, value })
}

/** Which OpenSSL or LibreSSL there is: `openssl version` alone and with -a. */
export const opensslVersion: Parser = {
  name: 'openssl-version',
  gives: ['opensslVersion'],
  recognises: argv => argv[0] === 'openssl' && argv[1] === 'version',
  recognisesText: text => /^(?:Open|Libre)SSL \d+\.\d+\.\d/.test(text),
  parse,
}
