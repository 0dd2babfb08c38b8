import { linkAt, writeText } from '../../files/file-tree.ts'
import { findNode } from '../../files/look-up.ts'
import { folderOf, resolvePath } from '../../files/paths.ts'
import { writeRefusal } from '../../files/write-refusal.ts'
import { type Call, everywhere, type Program, type Reply } from '../../shell/program.ts'
import { readOptions } from '../network/option-reader.ts'

const USUAL_MODE = 0o644

const kinds = { b: 'block', c: 'character', u: 'character', p: 'pipe' } as const

const isKind = (letter: string): letter is keyof typeof kinds => letter in kinds

const fail = (text: string): Reply => ({ stderr: `mknod: ${text}\n`, exit: 1 })
const HELP = "\nTry 'mknod --help' for more information."

type Special = {
  readonly name: string
  readonly kind: 'block' | 'character' | 'pipe'
  readonly mode: string | undefined
}

/** Makes a device or a pipe; what stood in the way otherwise. */
const makeSpecial = (call: Call, { name, kind, mode: octal }: Special): string | undefined => {
  const { cwd, machine, world } = call
  const path = resolvePath(cwd, name)
  if (linkAt(machine.files, path) !== undefined) return 'File exists'
  // The host lets its containers make no devices.
  if (kind !== 'pipe' && machine.virtualization === 'lxc') return 'Operation not permitted'
  if (findNode(call, folderOf(path), 'links')?.kind !== 'directory') return 'No such file or directory'
  const refusal = writeRefusal(machine, path, 0)
  if (refusal !== undefined) return refusal.text
  const mode = Number.parseInt(octal ?? '', 8)
  const seen = Number.isNaN(mode) ? USUAL_MODE : mode
  writeText(machine.files, path, { text: '', special: kind, mode: seen, mtimeMs: world.nowMs })
  return undefined
}

/** mknod(1): makes a device or a pipe at a path. */
const mknod: Program = {
  names: ['mknod'],
  isInstalled: everywhere,
  run: (call): Reply => {
    const { args } = call
    const { words, values } = readOptions(args, { switches: ['Z'], valued: ['m', 'mode'] })
    const [name, type, ...numbers] = words
    if (name === undefined) return fail(`missing operand${HELP}`)
    if (type === undefined) return fail(`missing operand after '${name}'${HELP}`)
    if (!isKind(type)) return fail(`invalid device type '${type}'${HELP}`)
    if (type !== 'p' && numbers.length < 2)
      return fail(
        `missing operand after '${words.at(-1)}'\nSpecial files require major and minor device numbers.${HELP}`,
      )
    const problem = makeSpecial(call, {
      name,
      kind: kinds[type],
      mode: values.get('m') ?? values.get('mode'),
    })
    return problem === undefined ? {} : fail(`${name}: ${problem}`)
  },
}

/** mkfifo(1): makes pipes at paths. */
const mkfifo: Program = {
  names: ['mkfifo'],
  isInstalled: everywhere,
  run: (call): Reply => {
    const { words, values } = readOptions(call.args, { switches: ['Z'], valued: ['m', 'mode'] })
    const mode = values.get('m') ?? values.get('mode')
    if (words.length === 0)
      return { stderr: "mkfifo: missing operand\nTry 'mkfifo --help' for more information.\n", exit: 1 }
    const problems = words.flatMap(name => {
      const problem = makeSpecial(call, { name, kind: 'pipe', mode })
      return problem === undefined ? [] : [`mkfifo: cannot create fifo '${name}': ${problem}\n`]
    })
    return { stderr: problems.join(''), exit: problems.length > 0 ? 1 : 0 }
  },
}

/** What makes files that are no plain ones. */
export const specialFiles: readonly Program[] = [mknod, mkfifo]
