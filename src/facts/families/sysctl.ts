import { hasShort, operandsOf } from '../command/options.ts'
import { combine, nothing } from '../parsed.ts'
import { linesOf, type TextLine } from '../text/lines.ts'
import type { CommandWords, FactValue, Parsed, Parser, ParserInput } from '../types.ts'
import { answerLines } from './answer-lines.ts'
import { usageFact } from './usage.ts'

type Setting = { readonly line: number; readonly name: string; readonly value: FactValue }

const directory = '/proc/sys/'

const dotted = (name: string): string => {
  if (name.startsWith(directory)) return name.slice(directory.length).replaceAll('/', '.')
  return name.includes('.') ? name : name.replaceAll('/', '.')
}

const pairPattern = /^([a-z][\w-]*(?:[./][\w@:,-]+)+)\s*=\s*(.*)$/
const grepPattern = /^(\/proc\/sys\/[\w./@:-]+?):(.*)$/

const settingValue = (text: string): FactValue => {
  const trimmed = text.trim()
  return /^-?\d{1,15}$/.test(trimmed) ? Number(trimmed) : trimmed
}

const named = ({ number, text }: TextLine): readonly Setting[] => {
  const [, name, value] = pairPattern.exec(text) ?? grepPattern.exec(text) ?? []
  if (name === undefined || value === undefined) return []
  return [{ line: number, name: dotted(name), value: settingValue(value) }]
}

const onlyValues = (argv: CommandWords): boolean =>
  argv[0] === 'cat' || hasShort(argv, 'n') || argv.includes('--values')

// `cat` and `sysctl -n` print one value a line, in the order in which they were asked.
const unnamed = (argv: CommandWords, lines: readonly TextLine[]): readonly Setting[] => {
  const names = operandsOf(argv).map(dotted)
  if (!onlyValues(argv) || names.length !== lines.length) return []
  return lines.map(({ number, text }, index) => ({
    line: number,
    name: names[index] ?? '',
    value: settingValue(text),
  }))
}

const whole = (value: FactValue | undefined): number | undefined =>
  typeof value === 'number' ? value : undefined

const conntrack = (settings: readonly Setting[]): Parsed => {
  const find = (name: string) => settings.find(setting => setting.name === `net.netfilter.${name}`)
  const count = find('nf_conntrack_count')
  const max = find('nf_conntrack_max')
  const line = count?.line ?? max?.line ?? 0
  return usageFact({ fact: 'conntrack', count: whole(count?.value), max: whole(max?.value), line })
}

// Allocated handles, those allocated but not in use (zero since Linux 2.6), and the limit.
const fileHandles = (settings: readonly Setting[]): Parsed => {
  const state = settings.find(setting => setting.name === 'fs.file-nr')
  const [, allocated, free, max] = /^(\d+)\s+(\d+)\s+(\d+)$/.exec(String(state?.value)) ?? []
  if (state === undefined || allocated === undefined) return nothing
  const count = Number(allocated) - Number(free)
  return usageFact({ fact: 'fileHandles', count, max: Number(max), line: state.line })
}

const settingsFact = (settings: readonly Setting[]): Parsed => ({
  facts: { sysctl: Object.fromEntries(settings.map(({ name, value }) => [name, value])) },
  lines: new Map([
    ['sysctl', settings[0]?.line ?? 1],
    ...settings.map(({ name, line }) => [`sysctl.${name}`, line] as const),
  ]),
  diagnostics: [],
})

// Behind grep no line means that the kernel has no such setting.
const filteredAway = ({ stdout, stderr, exitCode }: ParserInput): boolean =>
  stdout.trim() === '' && stderr.trim() === '' && exitCode === 1

const parse = (input: ParserInput): Parsed => {
  const { argv, stdout } = input
  const lines = linesOf(stdout)
  const pairs = lines.flatMap(named)
  const settings = pairs.length > 0 ? pairs : unnamed(argv, answerLines(stdout, argv))
  if (settings.length === 0 && !filteredAway(input)) return nothing
  return combine([settingsFact(settings), conntrack(settings), fileHandles(settings)])
}

const showsSettings = (argv: CommandWords): boolean =>
  ['cat', 'grep', 'head', 'tail', 'more'].includes(argv[0] ?? '') &&
  argv.some(word => word.startsWith(directory))

/**
 * Kernel settings by their dotted names: `sysctl NAME…`, -a, -n, -w; `cat /proc/sys/…` of one or several files and
 * `grep . /proc/sys/…`. A setting that the kernel does not know is absent.
 */
export const sysctl: Parser = {
  name: 'sysctl',
  gives: ['sysctl', 'conntrack', 'fileHandles'],
  recognises: argv => argv[0] === 'sysctl' || showsSettings(argv),
  recognisesText: text => /^(?:net|kernel|fs|vm|user|dev|abi)\.[\w.-]+ = /m.test(text),
  parse,
}
