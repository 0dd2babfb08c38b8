import { realPathOf } from '../../files/file-tree.ts'
import { findNode } from '../../files/look-up.ts'
import { folderOf, resolvePath } from '../../files/paths.ts'
import { everywhere, type Program, type Reply } from '../../shell/program.ts'
import { type OptionTable, readOptions, unknownOption } from '../../text/read-options.ts'

const table: OptionTable = {
  e: 'existing',
  'canonicalize-existing': 'existing',
  m: 'missing',
  'canonicalize-missing': 'missing',
  q: 'quiet',
  quiet: 'quiet',
  s: 'literal',
  strip: 'literal',
  'no-symlinks': 'literal',
  'relative-to': 'relative=',
  z: 'zero',
  zero: 'zero',
}

const relativeTo = (from: string, path: string): string => {
  const [start, goal] = [from, path].map(each => each.split('/').filter(part => part !== ''))
  const common = (goal ?? []).findIndex((part, at) => part !== start?.[at])
  const shared = common === -1 ? Math.min(goal?.length ?? 0, start?.length ?? 0) : common
  const up = (start ?? []).slice(shared).map(() => '..')
  return [...up, ...(goal ?? []).slice(shared)].join('/') || '.'
}

/** realpath(1): a path without links; only its last part may be missing. */
export const realpath: Program = {
  names: ['realpath'],
  isInstalled: everywhere,
  run: (call): Reply => {
    const read = readOptions(table, call.args)
    const { options, words } = read
    const problem = unknownOption('realpath', read)
    if (problem !== undefined) return { stderr: problem, exit: 1 }
    if (words.length === 0)
      return { stderr: "realpath: missing operand\nTry 'realpath --help' for more information.\n", exit: 1 }
    const real = (path: string): string | undefined =>
      findNode(call, path, 'links') === undefined ? undefined : realPathOf(call.machine.files, path)
    const found = words.map(word => {
      const path = resolvePath(call.cwd, word)
      if (options.has('literal')) return { word, real: path }
      const folder = real(folderOf(path))
      const last = path.slice(path.lastIndexOf('/') + 1)
      const without = folder === undefined ? undefined : resolvePath(folder, last)
      const missing = options.has('missing') ? (without ?? path) : without
      return { word, real: real(path) ?? (options.has('existing') ? undefined : missing) }
    })
    const base = options.get('relative')?.at(-1)
    const shown = (real: string): string =>
      base === undefined ? real : relativeTo(resolvePath(call.cwd, base), real)
    const missing = found.filter(({ real }) => real === undefined)
    return {
      stdout: found
        .map(({ real }) => (real === undefined ? '' : `${shown(real)}${options.has('zero') ? '\0' : '\n'}`))
        .join(''),
      stderr: options.has('quiet')
        ? ''
        : missing.map(({ word }) => `realpath: ${word}: No such file or directory\n`).join(''),
      exit: missing.length === 0 ? 0 : 1,
    }
  },
}
