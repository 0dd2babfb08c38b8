import { writeText } from '../../files/file-tree.ts'
import { resolvePath } from '../../files/paths.ts'
import { writeRefusal } from '../../files/write-refusal.ts'
import { type Call, everywhere, type Program, type Reply } from '../../shell/program.ts'
import { type OptionTable, readOptions, unknownOption } from '../../text/read-options.ts'
import { readFileText } from './read-file.ts'

const table: OptionTable = {
  b: 'b',
  'ignore-leading-blanks': 'b',
  c: 'c',
  check: 'c',
  d: 'd',
  f: 'f',
  'ignore-case': 'f',
  g: 'g',
  'general-numeric-sort': 'g',
  h: 'h',
  'human-numeric-sort': 'h',
  k: 'key=',
  key: 'key=',
  M: 'M',
  'month-sort': 'M',
  n: 'n',
  'numeric-sort': 'n',
  o: 'output=',
  output: 'output=',
  r: 'r',
  reverse: 'r',
  R: 'R',
  s: 's',
  stable: 's',
  t: 'separator=',
  'field-separator': 'separator=',
  u: 'u',
  unique: 'u',
  V: 'V',
  'version-sort': 'V',
  z: 'z',
  S: 'size=',
  parallel: 'parallel=',
}

const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC']
const numberOf = (text: string): number => Number(/^\s*(-?\d*\.?\d+)/.exec(text)?.[1] ?? 0)

/** A size with its suffix: any without one is smaller than any with one. */
const humanOf = (text: string): number => {
  const read = /^\s*(-?\d*\.?\d+)([KkMGTPE]?)/.exec(text)
  return read === null
    ? 0
    : Number(read[1]) * 1024 ** ['', 'K', 'M', 'G', 'T', 'P', 'E'].indexOf((read[2] ?? '').toUpperCase())
}

const versionParts = (text: string): readonly string[] => text.match(/\d+|\D+/g) ?? []

const byVersion = (a: string, b: string): number => {
  const left = versionParts(a)
  const right = versionParts(b)
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    const [one = '', other = ''] = [left[at], right[at]]
    const order =
      /^\d/.test(one) && /^\d/.test(other)
        ? Number(one) - Number(other)
        : one < other
          ? -1
          : one > other
            ? 1
            : 0
    if (order !== 0) return order
  }
  return 0
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const comparatorFor = (flags: string): ((a: string, b: string) => number) => {
  const monthOf = (text: string): number => months.indexOf(text.trim().slice(0, 3).toUpperCase())
  if (flags.includes('h')) return (a, b) => humanOf(a) - humanOf(b)
  if (/[ng]/.test(flags)) return (a, b) => numberOf(a) - numberOf(b)
  if (flags.includes('M')) return (a, b) => monthOf(a) - monthOf(b)
  const fold = (text: string): string => (flags.includes('f') ? text.toUpperCase() : text)
  const trim = (text: string): string => (flags.includes('b') ? text.trimStart() : text)
  return flags.includes('V')
    ? (a, b) => byVersion(trim(a), trim(b))
    : (a, b) => byText(fold(trim(a)), fold(trim(b)))
}

/** The part of a line that a key such as `2,3n` or `4.2` names. */
const keyPart = (line: string, key: string, separator: string | undefined): string => {
  const [, from = '1', , to] = /^(\d+)(?:\.(\d+))?[a-zA-Z]*(?:,(\d+))?/.exec(key) ?? []
  const fields = separator === undefined ? (line.match(/\s*\S+/g) ?? []) : line.split(separator)
  return fields.slice(Number(from) - 1, to === undefined ? undefined : Number(to)).join(separator ?? '')
}

const orderFor = (options: ReadonlyMap<string, readonly string[]>): ((a: string, b: string) => number) => {
  const flags = [...options.keys()].filter(name => name.length === 1).join('')
  const separator = options.get('separator')?.at(-1)
  const keys = options.get('key') ?? []
  const orders = keys.map(key => {
    const own = key.replace(/[^a-zA-Z]/g, '')
    const compare = comparatorFor(own === '' ? flags : own)
    const sign = (own === '' ? flags : own).includes('r') ? -1 : 1
    return (a: string, b: string): number =>
      sign * compare(keyPart(a, key, separator), keyPart(b, key, separator))
  })
  const whole = comparatorFor(keys.length > 0 ? '' : flags)
  const sign = flags.includes('r') ? -1 : 1
  return (a, b) => {
    for (const order of orders) {
      const found = order(a, b)
      if (found !== 0) return found
    }
    const first = keys.length > 0 && /[su]/.test(flags) ? 0 : sign * whole(a, b)
    return first !== 0 || /[su]/.test(flags) ? first : sign * byText(a, b)
  }
}

const inputOf = (
  call: Call,
  words: readonly string[],
): { readonly text: string; readonly error?: string } => {
  let text = ''
  for (const word of words.length === 0 ? ['-'] : words) {
    const file = word === '-' ? { text: call.stdin } : readFileText(call, word)
    if ('error' in file) return { text: '', error: `sort: cannot read: ${word}: ${file.error}\n` }
    text += file.text === '' || file.text.endsWith('\n') ? file.text : `${file.text}\n`
  }
  return { text }
}

/** sort(1) of GNU coreutils, with human sizes, versions and keys. */
export const sort: Program = {
  names: ['sort'],
  isInstalled: everywhere,
  run: (call): Reply => {
    const read = readOptions(table, call.args)
    const problem = unknownOption('sort', read)
    if (problem !== undefined) return { stderr: problem, exit: 2 }
    const { text, error } = inputOf(call, read.words)
    if (error !== undefined) return { stderr: error, exit: 2 }
    const lines = text === '' ? [] : text.replace(/\n$/, '').split('\n')
    const order = orderFor(read.options)
    const sorted = lines.toSorted(order)
    const kept = read.options.has('u')
      ? sorted.filter((line, at) => at === 0 || order(sorted[at - 1] ?? '', line) !== 0)
      : sorted
    const stdout = kept.map(line => `${line}\n`).join('')
    const output = read.options.get('output')?.at(-1)
    if (output === undefined) return { stdout, tookMs: 5 }
    const path = resolvePath(call.cwd, output)
    const refusal = writeRefusal(call.machine, path, stdout.length)
    if (refusal !== undefined) return { stderr: `sort: open failed: ${output}: ${refusal.text}\n`, exit: 2 }
    writeText(call.machine.files, path, { text: stdout, mtimeMs: call.world.nowMs })
    return {}
  },
}
