import { type Located, listFact, nothing } from '../parsed.ts'
import { linesOf } from '../text/lines.ts'
import type { CommandWords, FactValue, Parsed, Parser, ParserInput } from '../types.ts'

const rowPattern = /^(?:([A-Z][\w-]*))?\(([^)]+)\)= ([\da-f]{32,})$/

const verbs = /^(?:md5|sha1|sha224|sha256|sha384|sha512|dgst)$/

const algorithmOf = (argv: CommandWords): string => {
  const option = argv.find(word => /^-(?:md5|sha\d+)$/.test(word))?.slice(1)
  return option ?? (argv[1] === 'dgst' ? 'sha256' : (argv[1] ?? ''))
}

const parse = ({ argv, stdout }: ParserInput): Parsed => {
  const rows: readonly Located<FactValue>[] = linesOf(stdout).flatMap(({ number, text }) => {
    const [, printed, name, value] = rowPattern.exec(text.trim()) ?? []
    if (name === undefined || value === undefined) return []
    const algorithm = printed?.toLowerCase().replace(/^sha2-/, 'sha') ?? algorithmOf(argv)
    return [{ line: number, value: { name, algorithm, value } }]
  })
  return rows.length === 0 ? nothing : listFact('digests', rows)
}

/** Digests, by which a certificate and a key are compared: `openssl md5`, `openssl sha256`, `openssl dgst`. */
export const opensslDigest: Parser = {
  name: 'openssl-digest',
  gives: ['digests'],
  recognises: argv => argv[0] === 'openssl' && verbs.test(argv[1] ?? ''),
  recognisesText: text => linesOf(text.slice(0, 4000)).some(line => rowPattern.test(line.text.trim())),
  parse,
}
