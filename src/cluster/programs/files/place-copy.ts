import { accessError } from '../../files/access.ts'
import { isSink } from '../../files/devices.ts'
import { makeLink, nodeAt, realPathOf, removePath, setNode } from '../../files/file-tree.ts'
import { findNode, namesAt } from '../../files/look-up.ts'
import { baseName, folderOf, isBelow, resolvePath } from '../../files/paths.ts'
import { sizeOf } from '../../files/tree-totals.ts'
import { deviceError, writeRefusal } from '../../files/write-refusal.ts'
import { roomOn } from '../../relations/filesystem-use.ts'
import type { Call } from '../../shell/program.ts'
import type { FileNode } from '../../world/file-node.ts'

/** How copies are made. `keeps` is for mode, owner and time; `links` whether a link is taken as one. */
export type Manner = {
  readonly name: string
  readonly isDeep: boolean
  readonly keeps: boolean
  readonly links: 'as-links' | 'followed'
  readonly makes: 'copies' | 'symlinks'
  readonly isLoud: boolean
}

/** What came of copying: lines for both streams, and the bytes that were moved. */
export type Copied = { readonly said: string[]; readonly errors: string[]; bytes: number }

const BYTES_PER_MS = 400_000

/** How long that took. */
export const copyMs = ({ bytes }: Copied): number => 20 + Math.round(bytes / BYTES_PER_MS)

/** One thing to copy, by the words that messages have for it. */
export type Pair = { readonly from: string; readonly to: string }

const GROUP_AND_OTHERS_WRITE = 0o022

const fileOf = (call: Call, source: FileNode, { keeps, to }: { keeps: boolean; to: string }): FileNode => {
  const before = nodeAt(call.machine.files, to)
  const { user, world } = call
  const fresh = {
    ...source,
    isImmutable: false,
    owner: user,
    group: user,
    mode: source.mode & ~GROUP_AND_OTHERS_WRITE,
    mtimeMs: world.nowMs,
  }
  if (keeps)
    return { ...source, isImmutable: false, ...(user === 'root' ? {} : { owner: user, group: user }) }
  return before === undefined
    ? fresh
    : { ...fresh, mode: before.mode, owner: before.owner, group: before.group }
}

/** Writes a file; where the disk has no room for all of it, as much as fits. */
const putFile = (call: Call, { from, to }: Pair, { node, manner }: { node: FileNode; manner: Manner }) => {
  const { machine, cwd } = call
  const path = resolvePath(cwd, to)
  if (isSink(path)) return undefined
  const real = realPathOf(machine.files, path) ?? path
  const before = nodeAt(machine.files, path)
  const grows = sizeOf(node) - (before === undefined ? 0 : sizeOf(before))
  const unread = accessError(call, resolvePath(cwd, from), 'read')
  if (unread !== undefined) return `cannot open '${from}' for reading: ${unread.text}`
  const refused =
    accessError(call, path, 'write') ?? writeRefusal(machine, real, before === undefined ? 0 : undefined)
  if (refused !== undefined) return `cannot create regular file '${to}': ${refused.text}`
  const full = writeRefusal(machine, real, grows)
  const file = fileOf(call, node, { keeps: manner.keeps, to: path })
  if (full === undefined) setNode(machine.files, real, file)
  else if (roomOn(call, real) > 0)
    setNode(machine.files, real, { ...file, text: '', paddingBytes: Math.floor(roomOn(call, real)) })
  return full && `error writing '${to}': ${full.text}`
}

const putFolder = (call: Call, to: string, { node, manner }: { node: FileNode; manner: Manner }) => {
  const path = resolvePath(call.cwd, to)
  const before = findNode(call, path, 'links')
  if (before?.kind === 'directory') return undefined
  if (before !== undefined) return `cannot overwrite non-directory '${to}' with directory`
  const refused = accessError(call, path, 'write') ?? writeRefusal(call.machine, path, 1)
  if (refused !== undefined) return `cannot create directory ‘${to}’: ${refused.text}`
  setNode(call.machine.files, path, fileOf(call, { ...node, text: '' }, { keeps: manner.keeps, to: path }))
  return undefined
}

const linkTo = (call: Call, { from, to }: Pair, leadsTo: string): string | undefined => {
  const path = resolvePath(call.cwd, to)
  const refused = accessError(call, folderOf(path), 'write') ?? writeRefusal(call.machine, path, 1)
  if (refused !== undefined) return `cannot create symbolic link '${to}' to '${from}': ${refused.text}`
  removePath(call.machine.files, path)
  makeLink(call.machine.files, path, { to: leadsTo, mtimeMs: call.world.nowMs })
  return undefined
}

const problemBefore = (
  call: Call,
  { from, to }: Pair,
  { node, manner }: { node: FileNode; manner: Manner },
) => {
  const [source, path] = [resolvePath(call.cwd, from), resolvePath(call.cwd, to)]
  const { files } = call.machine
  if (findNode(call, folderOf(path), 'links')?.kind !== 'directory')
    return `cannot create ${node.kind === 'directory' ? 'directory' : 'regular file'} '${to}': No such file or directory`
  if (node.kind !== 'directory' && findNode(call, path, 'links')?.kind === 'directory')
    return `cannot overwrite directory '${to}' with non-directory`
  if (
    (realPathOf(files, source) ?? source) === (realPathOf(files, path) ?? path) &&
    manner.makes === 'copies'
  )
    return `'${from}' and '${to}' are the same file`
  return node.kind === 'directory' && isBelow(path, source)
    ? `cannot copy a directory, '${from}', into itself, '${to}'`
    : undefined
}

const copyBelow = (
  call: Call,
  { from, to }: Pair,
  { manner, copied }: { manner: Manner; copied: Copied },
) => {
  for (const name of namesAt(call, realPathOf(call.machine.files, resolvePath(call.cwd, from)) ?? from))
    placeCopy(call, { from: `${from.replace(/\/$/, '')}/${name}`, to: `${to}/${name}` }, { manner, copied })
}

/** What is copied from a device that gives nothing. */
const emptyFile: FileNode = {
  kind: 'file',
  text: '',
  paddingBytes: 0,
  paddingInodes: 0,
  mode: 0o644,
  owner: 'root',
  group: 'root',
  mtimeMs: 0,
  isImmutable: false,
}

const sourceOf = (call: Call, from: string, { links, isDeep }: Manner): FileNode | string => {
  const path = resolvePath(call.cwd, from)
  const broken = deviceError(call.machine, path)
  if (broken !== undefined) return `cannot stat '${from}': ${broken.text}`
  const follows = links === 'followed' || from.endsWith('/')
  const node = findNode(call, path, follows ? 'links' : 'folders-only')
  if (node === undefined) return isSink(path) ? emptyFile : `cannot stat '${from}': No such file or directory`
  return node.kind === 'directory' && !isDeep ? `-r not specified; omitting directory '${from}'` : node
}

const put = (call: Call, pair: Pair, source: { node: FileNode; manner: Manner }): string | undefined => {
  const { node, manner } = source
  if (manner.makes === 'symlinks') return linkTo(call, pair, pair.from)
  if (node.kind === 'directory') return putFolder(call, pair.to, source)
  return node.kind === 'symlink' ? linkTo(call, pair, node.text) : putFile(call, pair, source)
}

/** Copies one thing, and with it what lies below where that is wanted; what happened is added to `copied`. */
export const placeCopy = (
  call: Call,
  pair: Pair,
  { manner, copied }: { readonly manner: Manner; readonly copied: Copied },
): void => {
  const node = sourceOf(call, pair.from, manner)
  const early = typeof node === 'string' ? node : problemBefore(call, pair, { node, manner })
  if (early === undefined && manner.isLoud) copied.said.push(`'${pair.from}' -> '${pair.to}'`)
  const problem = early ?? (typeof node === 'string' ? node : put(call, pair, { node, manner }))
  if (problem !== undefined) copied.errors.push(`${manner.name}: ${problem}`)
  if (problem !== undefined || typeof node === 'string') return
  copied.bytes += node.kind === 'file' ? sizeOf(node) : 0
  if (node.kind === 'directory') copyBelow(call, pair, { manner, copied })
}

/** What a thing is called where it goes into a folder. */
export const placeIn = (folder: string, word: string): string =>
  `${folder.replace(/\/$/, '')}/${baseName(word.replace(/\/+$/, ''))}`
