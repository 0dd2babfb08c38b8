import { chanceOf } from '../../chance.ts'
import { makeFolder, writeText } from '../../files/file-tree.ts'
import { findNode } from '../../files/look-up.ts'
import { folderOf, resolvePath } from '../../files/paths.ts'
import { writeRefusal } from '../../files/write-refusal.ts'
import { everywhere, type Program, type Reply } from '../../shell/program.ts'
import { type OptionTable, readOptions, unknownOption } from '../../text/read-options.ts'

const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789']

const table: OptionTable = {
  d: 'directory',
  directory: 'directory',
  u: 'dry-run',
  'dry-run': 'dry-run',
  q: 'quiet',
  quiet: 'quiet',
  p: 'tmpdir=',
  tmpdir: 'tmpdir?',
  t: 'below',
  suffix: 'suffix=',
}

/** mktemp(1): a file, or with -d a folder, under a name that nobody has. */
export const mktemp: Program = {
  names: ['mktemp'],
  isInstalled: everywhere,
  run: ({ world, machine, cwd, args, env }): Reply => {
    const read = readOptions(table, args)
    const problem = unknownOption('mktemp', read)
    if (problem !== undefined) return { stderr: problem, exit: 1 }
    const { options, words } = read
    const [given] = words
    const folder = options.get('tmpdir')?.at(-1) || env.TMPDIR || '/tmp'
    const isBelow = given === undefined || options.has('tmpdir') || options.has('below')
    const template = `${given ?? 'tmp.XXXXXXXXXX'}${options.get('suffix')?.at(-1) ?? ''}`
    if (!/XXX/.test(template)) return { stderr: `mktemp: too few X's in template '${template}'\n`, exit: 1 }
    const whole = isBelow ? `${folder}/${template}` : template
    const shown = whole.replace(/X{3,}(?!.*X{3})/, places =>
      [...places].map(() => chanceOf(world, LETTERS)).join(''),
    )
    const path = resolvePath(cwd, shown)
    const isFolder = options.has('directory')
    const refusal = writeRefusal(machine, path, 1)
    const isThere = findNode({ world, machine }, folderOf(path), 'links')?.kind === 'directory'
    if (!isThere || refusal !== undefined)
      return {
        stderr: options.has('quiet')
          ? ''
          : `mktemp: failed to create ${isFolder ? 'directory' : 'file'} via template '${whole}': ${refusal?.text ?? 'No such file or directory'}\n`,
        exit: 1,
      }
    const mtimeMs = world.nowMs
    if (isFolder && !options.has('dry-run')) makeFolder(machine.files, path, { mode: 0o700, mtimeMs })
    else if (!options.has('dry-run')) writeText(machine.files, path, { text: '', mode: 0o600, mtimeMs })
    return { stdout: `${shown}\n` }
  },
}
