import { chance, chanceUuid } from '../../chance.ts'
import { type Call, everywhere, onMachines, type Program, type Reply } from '../../shell/program.ts'
import { asText } from '../../text/columns.ts'
import { type OptionTable, type ReadOptions, readOptions, unknownOption } from '../../text/read-options.ts'
import type { World } from '../../world/world.ts'
import { readFileText } from './read-file.ts'

const table: OptionTable = {
  n: 'count=',
  'head-count': 'count=',
  i: 'range=',
  'input-range': 'range=',
  e: 'echo',
  echo: 'echo',
  r: 'repeat',
  repeat: 'repeat',
  z: 'zero',
}

const shuffled = (world: World, lines: readonly string[]): readonly string[] => {
  const rest = [...lines]
  return lines.map(() => rest.splice(Math.floor(chance(world) * rest.length), 1)[0] ?? '')
}

const rangeOf = (text: string): readonly string[] | undefined => {
  const [, low, high] = /^(\d+)-(\d+)$/.exec(text) ?? []
  if (low === undefined || Number(high) < Number(low) - 1) return undefined
  return Array.from({ length: Number(high) - Number(low) + 1 }, (_, at) => String(Number(low) + at))
}

const linesIn = (text: string): readonly string[] => (text === '' ? [] : text.replace(/\n$/, '').split('\n'))

type Given = readonly string[] | { readonly problem: string }

/** What is to be shuffled: a range of numbers, the words themselves, or the lines of a file. */
const linesGiven = (call: Call, { options, words }: ReadOptions): Given => {
  const range = options.get('range')?.at(-1)
  if (range !== undefined) return rangeOf(range) ?? { problem: `invalid input range: ‘${range}’` }
  if (options.has('echo')) return words
  const [file = '-'] = words
  const found = file === '-' ? { text: call.stdin } : readFileText(call, file)
  if ('text' in found) return linesIn(found.text)
  return {
    problem: found.error === 'Is a directory' ? `read error: ${found.error}` : `${file}: ${found.error}`,
  }
}

/** shuf(1) of GNU coreutils, by the world's own chance. */
export const shuf: Program = {
  names: ['shuf'],
  isInstalled: everywhere,
  run: (call): Reply => {
    const { world } = call
    const read = readOptions(table, call.args)
    const problem = unknownOption('shuf', read)
    if (problem !== undefined) return { stderr: problem, exit: 1 }
    const { options } = read
    const lines = linesGiven(call, read)
    if ('problem' in lines) return { stderr: `shuf: ${lines.problem}\n`, exit: 1 }
    const count = Number(options.get('count')?.at(-1) ?? lines.length)
    if (options.has('repeat') && lines.length > 0)
      return {
        stdout: asText(
          Array.from({ length: count }, () => lines[Math.floor(chance(world) * lines.length)] ?? ''),
        ),
      }
    return { stdout: asText(shuffled(world, lines).slice(0, count)) }
  },
}

/** uuidgen(1) of util-linux. */
export const uuidgen: Program = {
  names: ['uuidgen'],
  isInstalled: onMachines,
  run: ({ world }): Reply => ({ stdout: `${chanceUuid(world)}\n` }),
}
