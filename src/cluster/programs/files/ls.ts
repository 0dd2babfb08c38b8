import { findNode, linksTo, namesAt } from '../../files/look-up.ts'
import { resolvePath } from '../../files/paths.ts'
import { sizeOf, takenBy } from '../../files/tree-totals.ts'
import { deviceError } from '../../files/write-refusal.ts'
import { groupIdOf, userIdOf } from '../../relations/accounts.ts'
import { localTime, stampMs } from '../../relations/clock.ts'
import { deviceNumbers } from '../../relations/device-numbers.ts'
import { inodeNumberOf } from '../../relations/file-identity.ts'
import { filesystemOf } from '../../relations/filesystem-use.ts'
import { hangsOn } from '../../relations/remote-mounts.ts'
import { type Call, everywhere, type Program, type Reply } from '../../shell/program.ts'
import { alignColumns, asText } from '../../text/columns.ts'
import { humanBytes } from '../../text/human-bytes.ts'
import { type OptionTable, type ReadOptions, readOptions, unknownOption } from '../../text/read-options.ts'
import type { FileNode } from '../../world/file-node.ts'
import { modeText, specialOf } from './mode-text.ts'

const table: OptionTable = {
  a: 'all',
  all: 'all',
  A: 'almost-all',
  'almost-all': 'almost-all',
  l: 'long',
  h: 'human',
  'human-readable': 'human',
  t: 'by-time',
  S: 'by-size',
  r: 'reverse',
  reverse: 'reverse',
  R: 'recursive',
  recursive: 'recursive',
  d: 'directory',
  directory: 'directory',
  1: 'one',
  i: 'inode',
  inode: 'inode',
  n: 'numeric',
  F: 'classify',
  classify: 'classify',
  p: 'slash',
  L: 'dereference',
  dereference: 'dereference',
  'full-time': 'full-time',
  'time-style': 'time-style=',
  color: 'color?',
  sort: 'sort=',
  g: 'no-owner',
  o: 'no-group',
  s: 'blocks',
  Z: 'context',
  c: 'ctime',
  u: 'atime',
  C: 'columns',
  m: 'commas',
  Q: 'quote',
  v: 'version-sort',
  X: 'by-extension',
  'group-directories-first': 'grouped',
  k: 'kibibytes',
  U: 'unsorted',
  f: 'unsorted',
  G: 'no-group',
  w: 'width=',
  b: 'escape',
  N: 'literal',
  time: 'time=',
  si: 'si',
}

type Entry = { readonly name: string; readonly path: string; readonly node: FileNode }

const SIX_MONTHS_MS = 15_778_476_000

const timeText = ({ machine, world }: Call, { options }: ReadOptions, mtimeMs: number): string => {
  const stampedMs = stampMs(machine, mtimeMs)
  const { year, month, monthName, day, time, millis, offset } = localTime(machine, stampedMs)
  const style = options.get('time-style')?.at(-1)
  if (options.has('full-time') || style === 'full-iso')
    return `${year}-${month}-${day} ${time}.${millis}000000 ${offset}`
  if (style === 'long-iso') return `${year}-${month}-${day} ${time.slice(0, 5)}`
  const age = world.nowMs - stampedMs
  const isRecent = age >= -1000 && age < SIX_MONTHS_MS
  return `${monthName} ${day.replace(/^0/, ' ')} ${isRecent ? time.slice(0, 5) : ` ${year}`}`
}

const mark = ({ options }: ReadOptions, { kind, mode }: FileNode): string => {
  if (!options.has('classify') && !(options.has('slash') && kind === 'directory')) return ''
  return kind === 'directory' ? '/' : kind === 'symlink' ? '@' : (mode & 0o111) !== 0 ? '*' : ''
}

const longRow = (call: Call, read: ReadOptions, { name, path, node }: Entry): readonly string[] => {
  const { options } = read
  const bytes = node.kind === 'symlink' ? node.text.length : sizeOf(node)
  const special = specialOf(node, path)
  const numbers = special === 'character' || special === 'block' ? deviceNumbers(path) : undefined
  const owner = options.has('numeric') ? userIdOf(call.machine, node.owner) : node.owner
  const group = options.has('numeric') ? groupIdOf(call.machine, node.group) : node.group
  return [
    ...(options.has('inode') ? [String(inodeNumberOf(path))] : []),
    modeText(node, path),
    String(linksTo(call, path, node)),
    ...(options.has('no-owner') ? [] : [owner]),
    ...(options.has('no-group') ? [] : [group]),
    numbers ?? (options.has('human') ? humanBytes(bytes) : String(bytes)),
    timeText(call, read, node.mtimeMs),
    `${name}${mark(read, node)}${node.kind === 'symlink' ? ` -> ${node.text}` : ''}`,
  ]
}

const render = (call: Call, read: ReadOptions, entries: readonly Entry[]): readonly string[] => {
  if (
    !read.options.has('long') &&
    !read.options.has('numeric') &&
    !read.options.has('full-time') &&
    !read.options.has('no-owner')
  )
    return entries.map(
      ({ name, path, node }) =>
        `${read.options.has('inode') ? `${String(inodeNumberOf(path))} ` : ''}${name}${mark(read, node)}`,
    )
  const rows = entries.map(entry => longRow(call, read, entry))
  const count = rows[0]?.length ?? 0
  const inode = read.options.has('inode') ? 1 : 0
  const alignments = Array.from(
    { length: count },
    (_, at) =>
      (at === inode + 1 || at === count - 3 || at === inode - 1 ? 'right' : 'left') as 'left' | 'right',
  )
  return alignColumns(rows, { alignments })
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const sorted = ({ options }: ReadOptions, entries: readonly Entry[]): readonly Entry[] => {
  const byTime = options.has('by-time') || options.get('sort')?.includes('time')
  const bySize = options.has('by-size') || options.get('sort')?.includes('size')
  const ordered = entries.toSorted((a, b) => {
    if (byTime === true) return b.node.mtimeMs - a.node.mtimeMs || compare(a.name, b.name)
    if (bySize === true) return sizeOf(b.node) - sizeOf(a.node) || compare(a.name, b.name)
    return compare(a.name, b.name)
  })
  return options.has('reverse') ? ordered.toReversed() : ordered
}

const entriesOf = (call: Call, { options }: ReadOptions, folder: string): readonly Entry[] => {
  const names = namesAt(call, folder).filter(
    name => options.has('all') || options.has('almost-all') || !name.startsWith('.'),
  )
  return [...(options.has('all') ? ['.', '..'] : []), ...names].flatMap(name => {
    const path = resolvePath(folder, name)
    const isFollowed = options.has('dereference') || name === '.'
    const node = findNode(call, path, isFollowed ? 'links' : 'folders-only')
    return node === undefined ? [] : [{ name, path, node }]
  })
}

const blocksOf = (entries: readonly Entry[]): number =>
  entries.reduce(
    (sum, { node }) => sum + (node.kind === 'symlink' ? 0 : Math.ceil(takenBy(node) / 4096) * 4),
    0,
  )

/** What is rendered, with -s behind what each takes on disk. */
const withBlocks = (call: Call, read: ReadOptions, entries: readonly Entry[]): readonly string[] => {
  const lines = render(call, read, entries)
  if (!read.options.has('blocks')) return lines
  const human = (kibi: number): string => (read.options.has('human') ? humanBytes(kibi * 1024) : String(kibi))
  const sizes = entries.map(entry => human(blocksOf([entry])))
  const width = Math.max(...sizes.map(size => size.length))
  return lines.map((line, at) => `${(sizes[at] ?? '').padStart(width)} ${line}`)
}

const folderLines = (call: Call, read: ReadOptions, folder: string): readonly string[] => {
  const entries = sorted(read, entriesOf(call, read, folder))
  const total =
    read.options.has('long') || read.options.has('full-time') || read.options.has('blocks')
      ? [`total ${read.options.has('human') ? humanBytes(blocksOf(entries) * 1024) : blocksOf(entries)}`]
      : []
  return [...total, ...withBlocks(call, read, entries)]
}

const recursiveBlocks = (
  call: Call,
  read: ReadOptions,
  folder: { readonly path: string; readonly word: string },
): readonly (readonly string[])[] => {
  const below = entriesOf(call, read, folder.path).filter(
    ({ name, node }) => node.kind === 'directory' && name !== '.' && name !== '..',
  )
  return [
    [`${folder.word}:`, ...folderLines(call, read, folder.path)],
    ...below.flatMap(({ name, path }) =>
      recursiveBlocks(call, read, { path, word: `${folder.word.replace(/\/$/, '')}/${name}` }),
    ),
  ]
}

const problemAt = ({ machine }: Call, word: string, path: string): string | undefined => {
  const error = deviceError(machine, path)
  return error === undefined ? undefined : `ls: cannot access '${word}': ${error.text}`
}

/** ls(1) of GNU coreutils, as it prints where nobody has a terminal: one name a line. */
export const ls: Program = {
  names: ['ls', 'll', 'dir'],
  isInstalled: everywhere,
  run: (call): Reply => {
    const read = readOptions(table, call.name === 'll' ? ['-alF', ...call.args] : call.args)
    const problem = unknownOption('ls', read)
    if (problem !== undefined) return { stderr: problem, exit: 2 }
    const errors: string[] = []
    const files: Entry[] = []
    const folders: { word: string; path: string }[] = []
    for (const word of read.words.length === 0 ? ['.'] : read.words) {
      const path = resolvePath(call.cwd, word)
      const filesystem = filesystemOf(call.machine, path)
      if (filesystem !== undefined && hangsOn(call.world, call.machine, filesystem))
        return { exit: 2, tookMs: 600_000 }
      const broken = problemAt(call, word, path)
      const isLong = read.options.has('long') && !word.endsWith('/')
      const link = findNode(call, path, 'folders-only')
      const node = link?.kind === 'symlink' && isLong ? link : (findNode(call, path, 'links') ?? link)
      if (broken !== undefined) errors.push(broken)
      else if (node === undefined) errors.push(`ls: cannot access '${word}': No such file or directory`)
      else if (node.kind === 'directory' && !read.options.has('directory')) folders.push({ word, path })
      else files.push({ name: word, path, node: read.options.has('directory') ? (link ?? node) : node })
    }
    const blocks: (readonly string[])[] =
      files.length > 0 ? [withBlocks(call, read, sorted(read, files))] : []
    for (const folder of folders.sort((a, b) => compare(a.word, b.word))) {
      if (read.options.has('recursive')) blocks.push(...recursiveBlocks(call, read, folder))
      else {
        const isAlone = folders.length + files.length + errors.length === 1
        blocks.push([...(isAlone ? [] : [`${folder.word}:`]), ...folderLines(call, read, folder.path)])
      }
    }
    return { stdout: blocks.map(asText).join('\n'), stderr: asText(errors), exit: errors.length > 0 ? 2 : 0 }
  },
}
