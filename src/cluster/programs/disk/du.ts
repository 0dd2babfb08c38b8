import { findNode } from '../../files/look-up.ts'
import { folderOf, isBelow, resolvePath } from '../../files/paths.ts'
import { logsOf } from '../../files/pod-logs.ts'
import { sizeOf, takenBy } from '../../files/tree-totals.ts'
import { filesystemOf, heldBeside, logBytes } from '../../relations/filesystem-use.ts'
import { type Call, everywhere, type Program, type Reply } from '../../shell/program.ts'
import { asText } from '../../text/columns.ts'
import { humanBytes } from '../../text/human-bytes.ts'
import { type OptionTable, type ReadOptions, readOptions, unknownOption } from '../../text/read-options.ts'
import { podSizes } from './pod-sizes.ts'

const table: OptionTable = {
  a: 'all',
  all: 'all',
  'apparent-size': 'apparent',
  b: 'bytes',
  bytes: 'bytes',
  B: 'block-size=',
  'block-size': 'block-size=',
  c: 'total',
  total: 'total',
  d: 'max-depth=',
  'max-depth': 'max-depth=',
  h: 'human',
  'human-readable': 'human',
  k: 'kibi',
  l: 'links',
  L: 'dereference',
  m: 'mebi',
  s: 'summarize',
  summarize: 'summarize',
  S: 'separate',
  t: 'threshold=',
  threshold: 'threshold=',
  time: 'time?',
  x: 'one',
  'one-file-system': 'one',
  exclude: 'exclude=',
  X: 'exclude-from=',
  D: 'deref-args',
  P: 'no-dereference',
  0: 'null',
  inodes: 'inodes',
}

const BLOCK = 4096
const onDisk = (bytes: number): number => Math.ceil(bytes / BLOCK) * BLOCK

const writerOf = ({ options }: ReadOptions): ((bytes: number) => string) => {
  if (options.has('human')) return humanBytes
  if (options.has('bytes')) return String
  const size = options.get('block-size')?.at(-1)
  if (options.has('mebi') || size === 'M') return bytes => String(Math.ceil(bytes / 1024 ** 2))
  if (size === 'G') return bytes => String(Math.ceil(bytes / 1024 ** 3))
  return bytes => String(Math.ceil(bytes / 1024))
}

/** The bytes of each folder below a path, and of files where they are asked for, deepest first as du walks. */
const sumUp = (call: Call, read: ReadOptions, top: string): ReadonlyMap<string, number> => {
  const { machine } = call
  const sums = new Map<string, number>()
  const isApparent = read.options.has('bytes') || read.options.has('apparent')
  const start = filesystemOf(machine, top)
  const staysOn = read.options.has('one')
  const add = (path: string, bytes: number): void => {
    for (let folder = path; ; folder = folderOf(folder)) {
      sums.set(folder, (sums.get(folder) ?? 0) + bytes)
      if (folder === top || folder === '/') return
    }
  }
  for (const [path, node] of machine.files) {
    if (!isBelow(path, top) || (staysOn && filesystemOf(machine, path) !== start)) continue
    const bytes =
      node.kind === 'symlink'
        ? 0
        : node.kind === 'directory'
          ? BLOCK + node.paddingInodes * BLOCK + node.paddingBytes
          : isApparent
            ? sizeOf(node)
            : takenBy(node)
    if (node.kind !== 'directory' && !read.options.has('all') && path !== top)
      add(folderOf(path), isApparent ? bytes : onDisk(bytes))
    else add(path, isApparent ? bytes : onDisk(bytes))
  }
  const logs = logsOf(machine).map(
    ({ path, container }) => [folderOf(path), logBytes(container.log)] as const,
  )
  const beside = heldBeside(machine).filter(([path]) => path !== '/var/log/pods' || logs.length === 0)
  for (const [path, bytes] of [...beside, ...logs, ...podSizes(call, top)])
    if (isBelow(path, top) && !(staysOn && filesystemOf(machine, path) !== start)) add(path, onDisk(bytes))
  return sums
}

const depthBelow = (path: string, top: string): number => {
  const rest = top === '/' ? path : path.slice(top.length)
  return rest.split('/').filter(part => part !== '').length
}

const shownAs = (word: string, top: string, path: string): string =>
  path === top
    ? word
    : `${word === '/' ? '' : word.replace(/\/$/, '')}${top === '/' ? path : path.slice(top.length)}`

const linesFor = (
  call: Call,
  read: ReadOptions,
  word: string,
): { readonly lines: string[]; readonly bytes: number } | undefined => {
  const top = resolvePath(call.cwd, word)
  const node = findNode(call, top, 'folders-only')
  const sums = sumUp(call, read, top)
  if (node === undefined && sums.size === 0) return undefined
  const write = writerOf(read)
  const deepest = read.options.has('summarize')
    ? 0
    : Number(read.options.get('max-depth')?.at(-1) ?? Infinity)
  const rows = [...sums]
    .filter(([path]) => depthBelow(path, top) <= deepest)
    .sort(([a], [b]) => (isBelow(a, b) ? -1 : isBelow(b, a) ? 1 : a < b ? -1 : 1))
  return {
    lines: rows.map(([path, bytes]) => `${write(bytes)}\t${shownAs(word, top, path)}`),
    bytes: sums.get(top) ?? 0,
  }
}

/** du(1) of GNU coreutils. What the runtime and journald keep counts where it lies. */
export const du: Program = {
  names: ['du'],
  isInstalled: everywhere,
  run: (call): Reply => {
    const read = readOptions(table, call.args)
    const problem = unknownOption('du', read)
    if (problem !== undefined) return { stderr: problem, exit: 1 }
    const lines: string[] = []
    const errors: string[] = []
    let bytes = 0
    for (const word of read.words.length === 0 ? ['.'] : read.words) {
      const found = linesFor(call, read, word)
      if (found === undefined) errors.push(`du: cannot access '${word}': No such file or directory`)
      else {
        lines.push(...found.lines)
        bytes += found.bytes
      }
    }
    if (read.options.has('total')) lines.push(`${writerOf(read)(bytes)}\ttotal`)
    return { stdout: asText(lines), stderr: asText(errors), exit: errors.length > 0 ? 1 : 0, tookMs: 400 }
  },
}
