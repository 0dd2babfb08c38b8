import { bytesOfText } from '../../files/bytes.ts'
import { findNode } from '../../files/look-up.ts'
import { resolvePath } from '../../files/paths.ts'
import { sizeOf } from '../../files/tree-totals.ts'
import { type Call, everywhere, type Program, type Reply } from '../../shell/program.ts'
import { type OptionTable, readOptions, unknownOption } from '../../text/read-options.ts'
import { type Input, readInputs } from './inputs.ts'

const table: OptionTable = {
  c: 'bytes',
  bytes: 'bytes',
  l: 'lines',
  lines: 'lines',
  L: 'longest',
  'max-line-length': 'longest',
  m: 'characters',
  chars: 'characters',
  w: 'words',
  words: 'words',
}

/** In the order in which they are printed, whatever the order they were asked in. */
const counts: readonly (readonly [string, (text: string) => number])[] = [
  ['lines', text => text.split('\n').length - 1],
  ['words', text => text.match(/\S+/g)?.length ?? 0],
  ['characters', text => [...text].length],
  ['bytes', text => bytesOfText(text).length],
  ['longest', text => Math.max(...text.split('\n').map(line => [...line].length))],
]

/** A file can be larger than what it holds is worth telling. */
const sizeIn = (call: Call, { name, text }: Input): number => {
  const node = name === '-' ? undefined : findNode(call, resolvePath(call.cwd, name), 'links')
  return node === undefined ? bytesOfText(text).length : Math.max(sizeOf(node), bytesOfText(text).length)
}

/** How wide the numbers stand: as the sum of the bytes, or seven where something is no file; one count of one input stands alone. */
const widthOf = (inputs: readonly Input[], shown: number): number => {
  if (shown === 1 && inputs.length === 1) return 1
  if (inputs.some(({ name }) => name === '-')) return 7
  return String(inputs.reduce((sum, { text }) => sum + bytesOfText(text).length, 0)).length
}

/** wc(1) of GNU coreutils: lines, words, characters, bytes, and the longest line. */
export const wc: Program = {
  names: ['wc'],
  isInstalled: everywhere,
  run: (call): Reply => {
    const read = readOptions(table, call.args)
    const problem = unknownOption('wc', read)
    if (problem !== undefined) return { stderr: problem, exit: 1 }
    const asked =
      read.options.size === 0 ? new Set(['lines', 'words', 'bytes']) : new Set(read.options.keys())
    const shown = counts.filter(([name]) => asked.has(name))
    const { inputs, stderr, exit } = readInputs(call, read.words)
    const rows = inputs.map(input => ({
      name: input.name,
      values: shown.map(([kind, count]) => (kind === 'bytes' ? sizeIn(call, input) : count(input.text))),
    }))
    const total = shown.map(([kind], at) =>
      rows.reduce(
        (sum, { values }) => (kind === 'longest' ? Math.max(sum, values[at] ?? 0) : sum + (values[at] ?? 0)),
        0,
      ),
    )
    const width = widthOf(inputs, shown.length)
    const rowOf = (values: readonly number[], name: string): string =>
      `${values.map(value => String(value).padStart(width)).join(' ')}${name === '' ? '' : ` ${name}`}\n`
    const isUnnamed = read.words.length === 0
    const text = rows.map(({ name, values }) => rowOf(values, isUnnamed ? '' : name)).join('')
    return { stdout: `${text}${read.words.length > 1 ? rowOf(total, 'total') : ''}`, stderr, exit }
  },
}
