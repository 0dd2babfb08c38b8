import { accessError } from '../../files/access.ts'
import { removePath } from '../../files/file-tree.ts'
import { findNode, namesAt } from '../../files/look-up.ts'
import { folderOf, resolvePath } from '../../files/paths.ts'
import { writeRefusal } from '../../files/write-refusal.ts'
import { type Call, everywhere, type Program, type Reply } from '../../shell/program.ts'
import { asText } from '../../text/columns.ts'
import { type OptionTable, readOptions, unknownOption } from '../../text/read-options.ts'

const table: OptionTable = {
  d: 'dir',
  dir: 'dir',
  f: 'force',
  force: 'force',
  i: 'interactive',
  I: 'once',
  interactive: 'interactive?',
  'no-preserve-root': 'no-preserve-root',
  'one-file-system': 'one-file-system',
  'preserve-root': 'preserve-root?',
  r: 'recursive',
  R: 'recursive',
  recursive: 'recursive',
  v: 'verbose',
  verbose: 'verbose',
}

const isLink = (call: Call, word: string): boolean =>
  !word.endsWith('/') && findNode(call, resolvePath(call.cwd, word), 'folders-only')?.kind === 'symlink'

const mayGo = (call: Call, word: string): boolean => {
  const path = resolvePath(call.cwd, word)
  return (
    accessError(call, folderOf(path), 'write') === undefined && writeRefusal(call.machine, path) === undefined
  )
}

const kindOf = (call: Call, word: string): string => {
  const node = findNode(call, resolvePath(call.cwd, word), 'folders-only')
  if (node?.kind === 'directory') return 'directory'
  if (node?.kind === 'symlink') return 'symbolic link'
  return (node?.text ?? '') === '' && node?.paddingBytes === 0 ? 'regular empty file' : 'regular file'
}

/** A folder at which a filesystem is mounted stays; what lies in it goes. */
const isMount = ({ machine, cwd }: Call, word: string): boolean =>
  resolvePath(cwd, word) !== '/' && machine.filesystems.some(({ mount }) => mount === resolvePath(cwd, word))

/** What is to go, by the answers to `-i`, and what was asked. */
const confirm = (call: Call, words: readonly string[]) => {
  const answers = call.stdin.split('\n')
  const asked = words.map(word => `rm: remove ${kindOf(call, word)} '${word}'? `)
  return { kept: words.filter((_, at) => /^y/i.test(answers[at] ?? '')), asked: asked.join('') }
}

/** rm(1): the shell's own, which would take a link for what it leads to and knows of no mounts. */
export const rm: Program = {
  names: ['rm'],
  isInstalled: everywhere,
  run: async (call): Promise<Reply> => {
    const read = readOptions(table, call.args)
    const problem = unknownOption('rm', read)
    if (problem !== undefined) return { stderr: problem, exit: 1 }
    const { options, words } = read
    const { kept, asked } = options.has('interactive') ? confirm(call, words) : { kept: words, asked: '' }
    if (words.length > 0 && kept.length === 0) return { stderr: asked }
    const links = new Set(kept.filter(word => isLink(call, word) && mayGo(call, word)))
    for (const link of links) removePath(call.machine.files, resolvePath(call.cwd, link))
    const isDeep = options.has('recursive')
    const busy = isDeep ? kept.filter(word => isMount(call, word)) : []
    const below = busy.flatMap(word =>
      namesAt(call, resolvePath(call.cwd, word)).map(name => `${word.replace(/\/$/, '')}/${name}`),
    )
    const rest = [...kept.filter(word => !links.has(word) && !busy.includes(word)), ...below]
    const flags = ['recursive', 'force', 'verbose']
      .filter(name => options.has(name))
      .map(name => `-${name[0]}`)
    const isFolder = options.has('dir') && !isDeep
    const reply =
      rest.length === 0 && kept.length > 0
        ? {}
        : isFolder
          ? await call.passage.runHere(['rmdir', ...rest])
          : await call.passage.original([...flags, ...rest])
    const errors = busy.map(word => `rm: cannot remove '${word}': Device or resource busy`)
    return {
      ...reply,
      stderr: `${asked}${(reply.stderr ?? '').replace(/^rmdir: failed to/gm, 'rm: cannot')}${asText(errors)}`,
      exit: errors.length > 0 ? 1 : (reply.exit ?? 0),
    }
  },
}
