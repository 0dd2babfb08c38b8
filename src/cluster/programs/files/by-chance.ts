import { chance, chanceUuid } from '../../chance.ts'
import { readText } from '../../files/file-tree.ts'
import { resolvePath } from '../../files/paths.ts'
import { everywhere, onMachines, type Program, type Reply } from '../../shell/program.ts'
import { asText } from '../../text/columns.ts'
import { type OptionTable, readOptions, unknownOption } from '../../text/read-options.ts'
import type { World } from '../../world/world.ts'

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

/** shuf(1) of GNU coreutils, by the world's own chance. */
export const shuf: Program = {
  names: ['shuf'],
  isInstalled: everywhere,
  run: ({ world, machine, cwd, args, stdin }): Reply => {
    const read = readOptions(table, args)
    const problem = unknownOption('shuf', read)
    if (problem !== undefined) return { stderr: problem, exit: 1 }
    const { options, words } = read
    const range = options.get('range')?.at(-1)
    const file =
      words[0] === undefined || words[0] === '-' ? stdin : readText(machine.files, resolvePath(cwd, words[0]))
    const lines =
      range !== undefined
        ? rangeOf(range)
        : options.has('echo')
          ? words
          : file === undefined
            ? undefined
            : linesIn(file)
    if (lines === undefined)
      return {
        stderr:
          range === undefined
            ? `shuf: ${words[0]}: No such file or directory\n`
            : `shuf: invalid input range: ‘${range}’\n`,
        exit: 1,
      }
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
