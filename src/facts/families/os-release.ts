import { nothing, record, singleFact } from '../parsed.ts'
import { linesOf } from '../text/lines.ts'
import type { Parsed, Parser, ParserInput } from '../types.ts'

const pair = /^([A-Z_]+)=(?:"(.*)"|'(.*)'|(.*))$/

const parse = ({ stdout }: ParserInput): Parsed => {
  const lines = linesOf(stdout)
  const fields = new Map(
    lines.flatMap(({ text }) => {
      const match = pair.exec(text.trim())
      return match === null ? [] : [[match[1] ?? '', match[2] ?? match[3] ?? match[4] ?? ''] as const]
    }),
  )
  if (!fields.has('ID') && !fields.has('PRETTY_NAME')) return nothing
  const value = record({
    id: fields.get('ID'),
    idLike: fields.get('ID_LIKE')?.split(' '),
    name: fields.get('NAME'),
    prettyName: fields.get('PRETTY_NAME'),
    version: fields.get('VERSION'),
    versionId: fields.get('VERSION_ID'),
    codename: fields.get('VERSION_CODENAME'),
  })
  return singleFact('os', { line: lines[0]?.number ?? 1, value })
}

/** The distribution: `cat /etc/os-release`. */
export const osRelease: Parser = {
  name: 'os-release',
  gives: ['os'],
  recognises: argv => argv.some(word => word.endsWith('/os-release')),
  recognisesText: text => /^PRETTY_NAME=/m.test(text) && /^ID=/m.test(text),
  parse,
}
