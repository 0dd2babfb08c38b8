import { nothing } from '../parsed.ts'
import { linesOf } from '../text/lines.ts'
import type { CommandWords, FactValue, Parsed, Parser, ParserInput } from '../types.ts'

const pair = /^([a-z][\w./-]*\.[\w./-]+)\s*=\s*(.*)$/

const settingOf = (text: string): FactValue =>
  /^-?\d+$/.test(text.trim()) ? Number(text.trim()) : text.trim()

const procName = (argv: CommandWords): string | undefined =>
  argv
    .find(word => word.startsWith('/proc/sys/'))
    ?.slice('/proc/sys/'.length)
    .replaceAll('/', '.')

const parse = ({ argv, stdout }: ParserInput): Parsed => {
  const lines = linesOf(stdout)
  const name = procName(argv)
  const pairs: (readonly [string, FactValue, number])[] = lines.flatMap(({ number, text }) => {
    const match = pair.exec(text)
    if (match !== null) return [[match[1] ?? '', settingOf(match[2] ?? ''), number] as const]
    return name !== undefined && lines.length === 1 ? [[name, settingOf(text), number] as const] : []
  })
  if (pairs.length === 0) return nothing
  return {
    facts: { sysctl: Object.fromEntries(pairs.map(([key, value]) => [key, value])) },
    lines: new Map([
      ['sysctl', pairs[0]?.[2] ?? 1],
      ...pairs.map(([key, , line]) => [`sysctl.${key}`, line] as const),
    ]),
    diagnostics: [],
  }
}

/** Kernel settings by their dotted names: `sysctl NAME…`, `sysctl -a`, `cat /proc/sys/…`. */
export const sysctl: Parser = {
  name: 'sysctl',
  gives: ['sysctl'],
  recognises: argv => argv[0] === 'sysctl' || (argv[0] === 'cat' && procName(argv) !== undefined),
  recognisesText: text => /^(?:net|kernel|fs|vm)\.[\w.]+ = /m.test(text),
  parse,
}
