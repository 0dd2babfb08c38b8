import { viewOf } from '../../files/look-up.ts'
import { resolvePath } from '../../files/paths.ts'
import { everywhere, type Program, type Reply } from '../../shell/program.ts'
import { asText } from '../../text/columns.ts'
import type { OptionTable } from '../../text/read-options.ts'
import { type Copied, copyMs, type Manner, placeCopy } from './place-copy.ts'
import { movingOptions, pairsOf, readTransfer, setAside, staysThere, type Transfer } from './transfer.ts'

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
  p: 'preserve',
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

/** cp(1). */
export const cp: Program = {
  names: ['cp'],
  isInstalled: everywhere,
  run: async (call): Promise<Reply> => {
    const transfer = readTransfer(table, call)
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
      tookMs: copyMs(copied),
    }
  },
}
