import type { FileContent, FsStat, IFileSystem } from 'just-bash/browser'
import { bannerAt } from '../relations/banner.ts'
import { keepOpenFiles } from '../relations/unlinked.ts'
import type { FileNode } from '../world/file-node.ts'
import { accessError } from './access.ts'
import { fileViews } from './all-views.ts'
import { bytesOfText, textOfBytes } from './bytes.ts'
import { contentOf } from './content-of.ts'
import { deviceBytes, isSink, socketOf, streamOf } from './devices.ts'
import {
  makeFolder,
  makeLink,
  movePath,
  placeOf,
  realPathOf,
  removePath,
  setNode,
  touchFolder,
  writeText,
} from './file-tree.ts'
import { findNode, namesAt, viewOf } from './look-up.ts'
import { wasOffered } from './offered.ts'
import { isThere } from './opening.ts'
import { folderOf, isBelow, resolvePath } from './paths.ts'
import { DUE_PATH, type Redirections } from './redirections.ts'
import { sizeOf, takenBy } from './tree-totals.ts'
import { isHelper, isUnseen, unseenStat } from './unseen.ts'
import type { Viewpoint } from './views.ts'
import { deviceError, type FileError, writeRefusal } from './write-refusal.ts'

// The shell words its own messages by what stands in front: the form of Node's file errors.
const failure = (error: FileError, path: string): Error =>
  Object.assign(new Error(`${error.code}: ${error.text.toLowerCase()}, '${path}'`), { code: error.code })
const missing: FileError = { code: 'ENOENT', text: 'No such file or directory' }
const isFolder: FileError = { code: 'EISDIR', text: 'Illegal operation on a directory' }
const notFolder: FileError = { code: 'ENOTDIR', text: 'Not a directory' }
type RmOptions = NonNullable<Parameters<IFileSystem['rm']>[1]>
const exists: FileError = { code: 'EEXIST', text: 'File exists' }
const notEmpty: FileError = { code: 'ENOTEMPTY', text: 'Directory not empty' }
const invalid: FileError = { code: 'EINVAL', text: 'Invalid argument' }

/** What a program takes on disk, about. */
const PROGRAM_BYTES = 60_000

const textOf = (content: FileContent): string =>
  typeof content === 'string' ? content : textOfBytes(content)

const requireNode = (at: Viewpoint, path: string, follow: 'links' | 'folders-only' = 'links'): FileNode => {
  const error = deviceError(at.machine, path)
  if (error !== undefined) throw failure(error, path)
  const node = findNode(at, path, follow)
  if (node === undefined) throw failure(missing, path)
  return node
}

const requireText = (at: Viewpoint, path: string): string => {
  const node = requireNode(at, path)
  if (node.kind === 'directory') throw failure(isFolder, path)
  const refused = accessError(at, path, 'read')
  if (refused !== undefined) throw failure(refused, path)
  return contentOf(node, path)
}

const guard = (at: Viewpoint, path: string, growsBy?: number): void => {
  const error =
    accessError(at, path, 'write') ??
    writeRefusal(at.machine, realPathOf(at.machine.files, path) ?? path, growsBy)
  if (error !== undefined) throw failure(error, path)
}

const writeView = (at: Viewpoint, path: string, text: string): void => {
  // The kernel takes values, not the empty text with which a redirection opens a file.
  if (text === '') return
  const view = viewOf(path)
  const isAllowed = (at.user ?? 'root') === 'root'
  const problem = !isAllowed || view?.write === undefined ? 'Permission denied' : view.write(at, path, text)
  if (problem !== undefined) throw failure({ ...invalid, text: problem }, path)
}

/** Writes a text to a file, in the place of what it held or behind it. */
const write = (
  at: Viewpoint,
  path: string,
  { text, mode }: { readonly text: string; readonly mode: 'over' | 'behind' },
): void => {
  if (viewOf(path) !== undefined) {
    writeView(at, path, text)
    return
  }
  if (isSink(path)) return
  const node = findNode(at, path, 'links')
  if (node?.kind === 'directory') throw failure(isFolder, path)
  if (findNode(at, folderOf(path), 'links')?.kind !== 'directory') throw failure(missing, path)
  const isBehind = mode === 'behind' && node !== undefined
  const wholeText = isBehind ? node.text + text : text
  guard(at, path, isBehind ? text.length : text.length - (node === undefined ? 0 : takenBy(node)))
  writeText(at.machine.files, path, {
    text: wholeText,
    ...(isBehind ? { paddingBytes: node.paddingBytes, holeBytes: node.holeBytes ?? 0 } : {}),
    mtimeMs: at.world.nowMs,
  })
}

const statOf = (node: FileNode, path: string): FsStat => ({
  isFile: node.kind === 'file',
  isDirectory: node.kind === 'directory',
  isSymbolicLink: node.kind === 'symlink',
  mode: node.mode,
  size: sizeOf(node),
  mtime: new Date(node.mtimeMs),
  identity: path,
})

const listNames = (at: Viewpoint, path: string): string[] => {
  if (requireNode(at, path).kind !== 'directory') throw failure(notFolder, path)
  return [...namesAt(at, path)]
}

const copy = (at: Viewpoint, { from, to }: { readonly from: string; readonly to: string }): void => {
  const files = at.machine.files
  const real = realPathOf(files, from) ?? from
  if (viewOf(real) !== undefined) {
    write(at, to, { text: requireText(at, real), mode: 'over' })
    return
  }
  requireNode(at, real)
  for (const [path, node] of [...files].filter(([found]) => isBelow(found, real))) {
    const target = `${to}${path.slice(real.length)}`
    guard(at, target, sizeOf(node))
    makeFolder(files, folderOf(target), { mtimeMs: at.world.nowMs })
    setNode(files, target, { ...node, isImmutable: false, mtimeMs: at.world.nowMs })
  }
}

/** A file system that also takes the programs that the interpreter registers, each under the path where it is found. */
type ShellFileSystem = IFileSystem & { readonly writeFileSync: (path: string, text: string) => void }

/** What only looks. */
const createReaders = (at: Viewpoint, redirections: Redirections) => ({
  readFile: async (path: string) => {
    const socket = socketOf(path)
    if (socket !== undefined) return bannerAt(at.world, at.machine, socket)
    const bytes = deviceBytes(at.world, path)
    return bytes === undefined ? requireText(at, path) : textOfBytes(bytes)
  },
  readFileBuffer: async (path: string) => deviceBytes(at.world, path) ?? bytesOfText(requireText(at, path)),
  exists: async (path: string) =>
    path === DUE_PATH ? redirections.isDue() : isThere(at, path, redirections),
  stat: async (path: string) =>
    isUnseen(path)
      ? unseenStat(path)
      : statOf(requireNode(at, path), realPathOf(at.machine.files, path) ?? path),
  lstat: async (path: string) => statOf(requireNode(at, path, 'folders-only'), path),
  readdir: async (path: string) => listNames(at, realPathOf(at.machine.files, path) ?? path),
  resolvePath,
  getAllPaths: () => [...at.machine.files.keys(), ...fileViews.flatMap(view => view.list(at))],
  readlink: async (path: string) => {
    const node = requireNode(at, path, 'folders-only')
    if (node.kind !== 'symlink') throw failure(invalid, path)
    return node.text
  },
  realpath: async (path: string) => {
    requireNode(at, path)
    return viewOf(path)?.links?.(at, path).get(path) ?? realPathOf(at.machine.files, path) ?? path
  },
})

const makeDirectory = (at: Viewpoint, path: string, isRecursive: boolean | undefined): void => {
  if (findNode(at, path, 'links') !== undefined) {
    if (isRecursive === true) return
    throw failure(exists, path)
  }
  if (isRecursive !== true) requireNode(at, folderOf(path))
  guard(at, path, 1)
  makeFolder(at.machine.files, path, { mtimeMs: at.world.nowMs })
}

const remove = (at: Viewpoint, path: string, options: RmOptions): void => {
  const node = findNode(at, path, 'folders-only')
  if (node === undefined) {
    if (options.force === true) return
    throw failure(missing, path)
  }
  if (node.kind === 'directory' && options.recursive !== true && listNames(at, path).length > 0)
    throw failure(notEmpty, path)
  guard(at, path)
  const place = placeOf(at.machine.files, path)
  keepOpenFiles(at.world, at.machine, place)
  removePath(at.machine.files, place)
  touchFolder(at.machine.files, place, at.world.nowMs)
}

/** How a text is put into a file; `isRaw` marks the interpreter's own way for redirections. */
type Putting = { readonly mode: 'over' | 'behind'; readonly isRaw: boolean }

const asked = (options: unknown): { readonly isRaw: boolean } => ({ isRaw: options === 'binary' })

/** The files of a machine as the shell reads and changes them. Errors are those of the kernel: a full disk, a read-only mount, a dead device. */
export const createFileSystem = (at: Viewpoint, redirections: Redirections): ShellFileSystem => {
  const { world, machine } = at
  const put = (path: string, content: FileContent, { mode, isRaw }: Putting): void => {
    const text = textOf(content)
    const stream = streamOf(path)
    if (stream !== undefined) {
      redirections.spill(stream, text)
      return
    }
    const isOpening = text === '' && isRaw
    const attempt = (): void => write(at, path, { text, mode })
    if (isOpening || redirections.hasOpened(path))
      redirections.attempt(path, isOpening ? 'open' : 'content', attempt)
    else attempt()
  }
  return {
    ...createReaders(at, redirections),
    writeFileSync: (path, text) => {
      if (isHelper(path) || wasOffered(machine, path) || machine.files.has(path)) return
      const program = { text, mode: 0o755, mtimeMs: machine.bootedMs, paddingBytes: PROGRAM_BYTES }
      writeText(machine.files, path, program)
    },
    writeFile: async (path, content, options) => put(path, content, { ...asked(options), mode: 'over' }),
    appendFile: async (path, content, options) => put(path, content, { ...asked(options), mode: 'behind' }),
    mkdir: async (path, options) => makeDirectory(at, path, options?.recursive),
    rm: async (path, options = {}) => remove(at, path, options),
    cp: async (from, to) => copy(at, { from, to }),
    link: async (from, to) => copy(at, { from, to }),
    mv: async (from, to) => {
      requireNode(at, from, 'folders-only')
      guard(at, from)
      guard(at, to)
      const [source, target] = [placeOf(machine.files, from), placeOf(machine.files, to)]
      movePath(machine.files, { from: source, to: target })
      for (const path of [source, target]) touchFolder(machine.files, path, world.nowMs)
    },
    chmod: async (path, mode) => {
      guard(at, path)
      requireNode(at, path).mode = mode
    },
    symlink: async (target, path) => {
      if (findNode(at, path, 'folders-only') !== undefined) throw failure(exists, path)
      guard(at, path, 1)
      makeLink(machine.files, path, { to: target, mtimeMs: world.nowMs })
    },
    utimes: async (path, _accessed, changed) => {
      guard(at, path)
      requireNode(at, path).mtimeMs = changed.getTime()
    },
  }
}
