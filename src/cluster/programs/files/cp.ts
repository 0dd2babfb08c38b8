import { movePath } from '../../files/file-tree.ts'
import { findNode, viewOf } from '../../files/look-up.ts'
import { resolvePath } from '../../files/paths.ts'
import { type Call, everywhere, type Program, type Reply } from '../../shell/program.ts'
import { asText } from '../../text/columns.ts'
import type { OptionTable } from '../../text/read-options.ts'
import { movingOptions, readTransfer, type Transfer } from './copy-options.ts'
import { type Copied, type Manner, type Pair, placeCopy, placeIn } from './place-copy.ts'

const table: OptionTable = {
  ...movingOptions,
  a: 'archive',
  archive: 'archive',
  'attributes-only': 'attributes-only',
  d: 'no-dereference',
  H: 'command-line',
  l: 'link',
  link: 'link',
  L: 'dereference',
  dereference: 'dereference',
  P: 'no-dereference',
  'no-dereference': 'no-dereference',
  p: 'preserve?',
  preserve: 'preserve?',
  'no-preserve': 'no-preserve=',
  parents: 'parents',
  R: 'recursive',
  r: 'recursive',
  recursive: 'recursive',
  reflink: 'reflink?',
  'remove-destination': 'force',
  s: 'symbolic-link',
  'symbolic-link': 'symbolic-link',
  sparse: 'sparse=',
  x: 'one-file-system',
  'one-file-system': 'one-file-system',
}

// An option of one letter takes no value, though its long form may have one.
const LONE = /^-[a-zA-Z]*[pb][a-zA-Z]*$/

const spread = (args: readonly string[]): readonly string[] =>
  args.flatMap(arg => (LONE.test(arg) ? [...arg.slice(1)].map(letter => `-${letter}`) : [arg]))

const mannerOf = ({ options }: Transfer): Manner => {
  const isArchive = options.has('archive')
  const isDeep = isArchive || options.has('recursive')
  const isFollowed = options.has('dereference') || !(isDeep || options.has('no-dereference'))
  return {
    name: 'cp',
    isDeep,
    keeps: isArchive || options.has('preserve') || options.has('link'),
    links: isFollowed ? 'followed' : 'as-links',
    makes: options.has('symbolic-link') ? 'symlinks' : 'copies',
    isLoud: options.has('verbose'),
  }
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

const BYTES_PER_MS = 400_000

/** cp(1). */
export const cp: Program = {
  names: ['cp'],
  isInstalled: everywhere,
  run: async (call): Promise<Reply> => {
    const transfer = readTransfer(table, { ...call, args: spread(call.args) })
    if (typeof transfer === 'string') return { stderr: transfer, exit: 1 }
    const pairs = pairsOf(call, transfer)
    if (typeof pairs === 'string') return { stderr: pairs, exit: 1 }
    const { options } = transfer
    const copied: Copied = { said: [], errors: [], bytes: 0 }
    const asked: string[] = []
    for (const pair of pairs) {
      const isKernels = viewOf(resolvePath(call.cwd, pair.to)) !== undefined
      if (isKernels) return await call.passage.original([pair.from, pair.to])
      if (staysThere(call, pair, { options, asked })) continue
      if (options.has('parents')) await call.passage.runHere(['mkdir', '-p', pair.to.replace(/\/[^/]*$/, '')])
      setAside(call, pair.to, options)
      placeCopy(call, pair, { manner: mannerOf(transfer), copied })
    }
    return {
      stdout: asText(copied.said),
      stderr: asked.join('') + asText(copied.errors),
      exit: copied.errors.length > 0 ? 1 : 0,
      tookMs: 20 + Math.round(copied.bytes / BYTES_PER_MS),
    }
  },
}
