import { linkAt, writeText } from '../../files/file-tree.ts'
import { findNode } from '../../files/look-up.ts'
import { folderOf, resolvePath } from '../../files/paths.ts'
import { writeRefusal } from '../../files/write-refusal.ts'
import { everywhere, type Program, type Reply } from '../../shell/program.ts'
import { readOptions } from '../network/option-reader.ts'

const USUAL_MODE = 0o644

const kinds = { b: 'block', c: 'character', u: 'character', p: 'pipe' } as const

const isKind = (letter: string): letter is keyof typeof kinds => letter in kinds

const fail = (text: string): Reply => ({ stderr: `mknod: ${text}\n`, exit: 1 })
const HELP = "\nTry 'mknod --help' for more information."

/** mknod(1): makes a device or a pipe at a path. */
export const mknod: Program = {
  names: ['mknod'],
  isInstalled: everywhere,
  run: (call): Reply => {
    const { args, cwd, machine, world } = call
    const { words, values } = readOptions(args, { switches: ['Z'], valued: ['m', 'mode'] })
    const [name, type, ...numbers] = words
    if (name === undefined) return fail(`missing operand${HELP}`)
    if (type === undefined) return fail(`missing operand after '${name}'${HELP}`)
    if (!isKind(type)) return fail(`invalid device type '${type}'${HELP}`)
    if (type !== 'p' && numbers.length < 2)
      return fail(
        `missing operand after '${words.at(-1)}'\nSpecial files require major and minor device numbers.${HELP}`,
      )
    const path = resolvePath(cwd, name)
    if (linkAt(machine.files, path) !== undefined) return fail(`${name}: File exists`)
    if (findNode(call, folderOf(path), 'links')?.kind !== 'directory')
      return fail(`${name}: No such file or directory`)
    const refusal = writeRefusal(machine, path, 0)
    if (refusal !== undefined) return fail(`${name}: ${refusal.text}`)
    const mode = Number.parseInt(values.get('m') ?? values.get('mode') ?? '', 8)
    writeText(machine.files, path, {
      text: '',
      special: kinds[type],
      mode: Number.isNaN(mode) ? USUAL_MODE : mode,
      mtimeMs: world.nowMs,
    })
    return {}
  },
}
