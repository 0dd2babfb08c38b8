import { movePath } from '../../files/file-tree.ts'
import { findNode } from '../../files/look-up.ts'
import { resolvePath } from '../../files/paths.ts'
import type { Call } from '../../shell/program.ts'
import { type OptionTable, type ReadOptions, readOptions, unknownOption } from '../../text/read-options.ts'
import { type Pair, placeIn } from './place-copy.ts'

/** What cp, mv, ln and install take alike: where to, and what happens to what is there. */
export const sharedOptions: OptionTable = {
  b: 'backup',
  backup: 'backup?',
  f: 'force',
  force: 'force',
  i: 'interactive',
  interactive: 'interactive',
  S: 'suffix=',
  suffix: 'suffix=',
  t: 'target-directory=',
  'target-directory': 'target-directory=',
  T: 'no-target-directory',
  'no-target-directory': 'no-target-directory',
  v: 'verbose',
  verbose: 'verbose',
}

/** What cp and mv take beside. */
export const movingOptions: OptionTable = {
  ...sharedOptions,
  n: 'no-clobber',
  'no-clobber': 'no-clobber',
  u: 'update',
  update: 'update?',
  'strip-trailing-slashes': 'strip-trailing-slashes',
  Z: 'context',
  context: 'context?',
}

/** A command line of such a program: what is to go where. */
export type Transfer = {
  readonly options: ReadOptions['options']
  readonly sources: readonly string[]
  readonly target: string
  /** Whether the sources go into the target, by what was said, whatever is there. */
  readonly isInto: boolean
}

/** Reads a command line of cp, mv, ln or install; a text is what is wrong with it. */
export const readTransfer = (table: OptionTable, { name, args }: Call): Transfer | string => {
  const read = readOptions(table, args)
  const problem = unknownOption(name, read)
  if (problem !== undefined) return problem
  const { options, words } = read
  const hint = `Try '${name} --help' for more information.\n`
  const folder = options.get('target-directory')?.at(-1)
  if (words.length === 0) return `${name}: missing file operand\n${hint}`
  if (folder !== undefined) return { options, sources: words, target: folder, isInto: true }
  const target = words.at(-1) ?? ''
  if (words.length === 1) return `${name}: missing destination file operand after '${target}'\n${hint}`
  const isExact = options.has('no-target-directory')
  if (isExact && words.length > 2) return `${name}: extra operand '${words[2]}'\n${hint}`
  return { options, sources: words.slice(0, -1), target, isInto: words.length > 2 }
}

/** Whether what is there stays: by `-n`, `-u`, or an answer to `-i` that is no yes. */
export const staysThere = (
  call: Call,
  { from, to }: Pair,
  { options, asked }: { readonly options: Transfer['options']; readonly asked: string[] },
): boolean => {
  const there = findNode(call, resolvePath(call.cwd, to), 'links')
  const comes = findNode(call, resolvePath(call.cwd, from), 'links')
  if (there === undefined || there.kind === 'directory') return false
  if (options.has('no-clobber')) return true
  if (options.has('update') && comes !== undefined && comes.mtimeMs <= there.mtimeMs) return true
  if (!options.has('interactive')) return false
  const answer = call.stdin.split('\n')[asked.length] ?? ''
  asked.push(`${call.name}: overwrite '${to}'? `)
  return !/^y/i.test(answer)
}

/** Lets what is there go on under another name, where that is wanted. */
export const setAside = (call: Call, to: string, options: Transfer['options']): void => {
  const path = resolvePath(call.cwd, to)
  if (!options.has('backup') || findNode(call, path, 'folders-only') === undefined) return
  movePath(call.machine.files, { from: path, to: `${path}${options.get('suffix')?.at(-1) ?? '~'}` })
}

/** Where each source goes, or why the target is none. */
export const pairsOf = (
  call: Call,
  { options, sources, target, isInto }: Transfer,
): readonly Pair[] | string => {
  const isFolder = findNode(call, resolvePath(call.cwd, target), 'links')?.kind === 'directory'
  if (isInto && !isFolder) return `${call.name}: target '${target}' is not a directory\n`
  const goesIn = isFolder && !options.has('no-target-directory')
  return sources.map(from => ({
    from,
    to: !goesIn
      ? target
      : options.has('parents')
        ? `${target.replace(/\/$/, '')}/${from.replace(/^\//, '')}`
        : /(^|\/)\.$/.test(from)
          ? target
          : placeIn(target, from),
  }))
}
