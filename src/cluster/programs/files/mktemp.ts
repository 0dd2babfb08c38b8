import { chanceOf } from '../../chance.ts'
import { makeFolder, writeText } from '../../files/file-tree.ts'
import { findNode } from '../../files/look-up.ts'
import { folderOf, resolvePath } from '../../files/paths.ts'
import { writeRefusal } from '../../files/write-refusal.ts'
import { everywhere, type Program, type Reply } from '../../shell/program.ts'

const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789']

/** mktemp(1): a file, or with -d a folder, under a name that nobody has. */
export const mktemp: Program = {
  names: ['mktemp'],
  isInstalled: everywhere,
  run: ({ world, machine, cwd, args }): Reply => {
    const folderAt = args.indexOf('-p')
    const folder = folderAt === -1 ? '/tmp' : (args[folderAt + 1] ?? '/tmp')
    const given = args.find((arg, at) => !arg.startsWith('-') && (folderAt === -1 || at !== folderAt + 1))
    const inFolder = given === undefined || folderAt !== -1 || args.includes('-t')
    const template = given ?? 'tmp.XXXXXXXXXX'
    if (!/XXX/.test(template)) return { stderr: `mktemp: too few X's in template '${template}'\n`, exit: 1 }
    const name = template.replace(/X{3,}(?!.*X{3})/, places =>
      [...places].map(() => chanceOf(world, LETTERS)).join(''),
    )
    const shown = inFolder ? `${folder}/${name}` : name
    const path = resolvePath(cwd, shown)
    const isFolder = args.some(arg => /^-\w*d|^--directory$/.test(arg))
    const what = isFolder ? 'directory' : 'file'
    const refusal = writeRefusal(machine, path, 1)
    const isThere = findNode({ world, machine }, folderOf(path), 'links')?.kind === 'directory'
    if (!isThere || refusal !== undefined)
      return {
        stderr: `mktemp: failed to create ${what} via template '${inFolder ? `${folder}/${template}` : template}': ${refusal?.text ?? 'No such file or directory'}\n`,
        exit: 1,
      }
    if (isFolder) makeFolder(machine.files, path, { mode: 0o700, mtimeMs: world.nowMs })
    else writeText(machine.files, path, { text: '', mode: 0o600, mtimeMs: world.nowMs })
    return { stdout: `${shown}\n` }
  },
}
