import { accessError } from '../../files/access.ts'
import { removePath } from '../../files/file-tree.ts'
import { findNode } from '../../files/look-up.ts'
import { folderOf, resolvePath } from '../../files/paths.ts'
import { writeRefusal } from '../../files/write-refusal.ts'
import { type Call, everywhere, type Program, type Reply } from '../../shell/program.ts'

const isLink = (call: Call, word: string): boolean =>
  !word.endsWith('/') && findNode(call, resolvePath(call.cwd, word), 'folders-only')?.kind === 'symlink'

const mayGo = (call: Call, word: string): boolean => {
  const path = resolvePath(call.cwd, word)
  return (
    accessError(call, folderOf(path), 'write') === undefined &&
    writeRefusal(call.machine, path, 0) === undefined
  )
}

/** rm(1): the shell's own, which would take a link for what it leads to. */
export const rm: Program = {
  names: ['rm'],
  isInstalled: everywhere,
  run: (call): Reply | Promise<Reply> => {
    const { args, machine, cwd, passage } = call
    const links = new Set(args.filter(arg => !arg.startsWith('-') && isLink(call, arg) && mayGo(call, arg)))
    for (const link of links) removePath(machine.files, resolvePath(cwd, link))
    const rest = args.filter(arg => !links.has(arg))
    return links.size > 0 && rest.every(arg => arg.startsWith('-')) ? {} : passage.original(rest)
  },
}
