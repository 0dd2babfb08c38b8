import { everywhere, type Program, type Reply } from '../../shell/program.ts'
import { asText } from '../../text/columns.ts'
import { type OptionTable, readOptions, unknownOption } from '../../text/read-options.ts'

const table: OptionTable = {
  d: 'delimiter=',
  delimiter: 'delimiter=',
  field: 'field=',
  format: 'format=',
  from: 'from=',
  'from-unit': 'from-unit=',
  grouping: 'grouping',
  header: 'header?',
  padding: 'padding=',
  round: 'round=',
  suffix: 'suffix=',
  to: 'to=',
  'to-unit': 'to-unit=',
}

const letters = ['', 'K', 'M', 'G', 'T', 'P', 'E', 'Z', 'Y']

type Scale = { readonly base: 1000 | 1024; readonly hasMark: boolean }

const scaleOf = (name: string | undefined, text = ''): Scale | undefined => {
  if (name === 'si') return { base: 1000, hasMark: false }
  if (name === 'iec' || name === 'iec-i') return { base: 1024, hasMark: name === 'iec-i' }
  if (name === 'auto') return { base: text.endsWith('i') ? 1024 : 1000, hasMark: text.endsWith('i') }
  return undefined
}

const readNumber = (text: string, from: string | undefined): number | string => {
  const [, digits = '', letter = '', mark = ''] = /^(-?\d+(?:\.\d+)?)([KMGTPEZY]?)(i?)$/i.exec(text) ?? []
  if (digits === '') return `invalid number: ‘${text}’`
  if (letter === '') return Number(digits)
  const scale = scaleOf(from, letter + mark)
  if (scale === undefined) return `rejecting suffix in input: ‘${text}’ (consider using --from)`
  return Number(digits) * scale.base ** letters.indexOf(letter.toUpperCase())
}

/** A number in the largest unit that leaves one before the point, rounded away from nothing. */
const shown = (value: number, scale: Scale | undefined): string => {
  if (scale === undefined) return String(Math.ceil(value))
  let power = 0
  let rest = Math.abs(value)
  while (rest >= scale.base && power < letters.length - 1) {
    rest /= scale.base
    power += 1
  }
  const rounded = power === 0 || rest >= 10 ? Math.ceil(rest) : Math.ceil(rest * 10) / 10
  const carries = rounded >= scale.base && power < letters.length - 1
  const unit = `${letters[carries ? power + 1 : power] ?? ''}${scale.hasMark && (carries || power > 0) ? 'i' : ''}`
  const figure = carries ? '1.0' : power > 0 && rounded < 10 ? rounded.toFixed(1) : String(rounded)
  return `${value < 0 ? '-' : ''}${figure}${unit}`
}

/** numfmt(1): numbers into forms for people, and back. */
export const numfmt: Program = {
  names: ['numfmt'],
  isInstalled: everywhere,
  run: ({ args, stdin }): Reply => {
    const read = readOptions(table, args)
    const problem = unknownOption('numfmt', read)
    if (problem !== undefined) return { stderr: problem, exit: 1 }
    const { options, words } = read
    const last = (name: string): string | undefined => options.get(name)?.at(-1)
    const field = Number(last('field') ?? 1) - 1
    const delimiter = last('delimiter')
    const heads = options.has('header') ? Number(last('header') || 1) : 0
    const padding = Number(last('padding') ?? 0)
    const lines = words.length > 0 ? words : stdin.replace(/\n$/, '').split('\n')
    let wrong: string | undefined
    const converted = (line: string): string => {
      const parts = delimiter === undefined ? line.split(/(?<=\S)(?=\s)/) : line.split(delimiter)
      const [, before = '', text = ''] = /^(\s*)(.*)$/.exec(parts[field] ?? '') ?? []
      const value = readNumber(text, last('from'))
      if (typeof value === 'string') {
        wrong ??= value
        return line
      }
      const scaled = (value * Number(last('from-unit') ?? 1)) / Number(last('to-unit') ?? 1)
      const figure = `${shown(scaled, scaleOf(last('to')))}${last('suffix') ?? ''}`
      parts[field] = before + (padding < 0 ? figure.padEnd(-padding) : figure.padStart(padding))
      return parts.join(delimiter ?? '')
    }
    const output = lines.map((line, at) => (at < heads ? line : wrong === undefined ? converted(line) : ''))
    return wrong === undefined ? { stdout: asText(output) } : { stderr: `numfmt: ${wrong}\n`, exit: 2 }
  },
}
