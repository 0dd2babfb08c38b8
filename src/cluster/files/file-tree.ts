import type { FileNode, FileTree } from '../world/file-node.ts'
import { baseName, folderOf, isBelow, resolvePath } from './paths.ts'

/** What a new node has when nothing else is said: root's, with the usual mode. */
export type NodeSetup = Partial<Omit<FileNode, 'kind' | 'text'>>

const MOST_LINKS = 40
const usualModes = { file: 0o644, directory: 0o755, symlink: 0o777 } as const

const createNode = (kind: FileNode['kind'], text: string, setup: NodeSetup): FileNode => ({
  kind,
  text,
  mode: usualModes[kind],
  owner: 'root',
  group: 'root',
  mtimeMs: 0,
  paddingBytes: 0,
  paddingInodes: 0,
  isImmutable: false,
  ...setup,
})

/** The real path behind links in all parts but the last; `undefined` when links lead in a circle. */
const followFolders = (tree: FileTree, path: string): string | undefined => {
  const folder = folderOf(path)
  if (folder === '/' || tree.get(folder)?.kind === 'directory') return path
  const real = realPathOf(tree, folder)
  return real === undefined ? undefined : resolvePath(real, baseName(path))
}

/** The path that a path leads to when every symbolic link is followed; `undefined` when links lead in a circle. The end need not exist. */
export const realPathOf = (tree: FileTree, path: string): string | undefined => {
  // Entries stand under their real paths, so what is found directly needs no walk.
  const direct = tree.get(path)
  if (direct !== undefined && direct.kind !== 'symlink') return path
  let current: string | undefined = path
  for (let links = 0; links < MOST_LINKS; links++) {
    current = followFolders(tree, current)
    if (current === undefined) return undefined
    const node = tree.get(current)
    if (node?.kind !== 'symlink') return current
    current = resolvePath(folderOf(current), node.text)
  }
  return undefined
}

/** The node at a path, links followed. */
export const nodeAt = (tree: FileTree, path: string): FileNode | undefined => {
  const real = realPathOf(tree, path)
  return real === undefined ? undefined : tree.get(real)
}

/** The node at a path itself: a link as a link. */
export const linkAt = (tree: FileTree, path: string): FileNode | undefined => {
  const real = followFolders(tree, path)
  return real === undefined ? undefined : tree.get(real)
}

/** The text of a file; `undefined` where there is none. */
export const readText = (tree: FileTree, path: string): string | undefined => {
  const node = nodeAt(tree, path)
  return node?.kind === 'file' ? node.text : undefined
}

/** Makes a folder and those above it that lack. */
export const makeFolder = (tree: FileTree, path: string, setup: NodeSetup = {}): void => {
  const real = realPathOf(tree, path) ?? path
  if (tree.has(real)) return
  if (real !== '/') makeFolder(tree, folderOf(real), { mtimeMs: setup.mtimeMs ?? 0 })
  tree.set(real, createNode('directory', '', setup))
}

/** Writes a file, and the folders above it where they lack. What is not said of an existing file stays as it was. */
export const writeText = (
  tree: FileTree,
  path: string,
  { text, ...setup }: NodeSetup & { readonly text: string },
): void => {
  const real = realPathOf(tree, path) ?? path
  makeFolder(tree, folderOf(real), { mtimeMs: setup.mtimeMs ?? 0 })
  const before = tree.get(real)
  tree.set(
    real,
    before === undefined ? createNode('file', text, setup) : { ...before, paddingBytes: 0, text, ...setup },
  )
}

/** Makes a symbolic link. */
export const makeLink = (
  tree: FileTree,
  path: string,
  { to, ...setup }: NodeSetup & { readonly to: string },
): void => {
  makeFolder(tree, folderOf(path), { mtimeMs: setup.mtimeMs ?? 0 })
  tree.set(path, createNode('symlink', to, setup))
}

/** Removes what lies at a path and below it. */
export const removePath = (tree: FileTree, path: string): void => {
  for (const found of [...tree.keys()]) if (found !== '/' && isBelow(found, path)) tree.delete(found)
}

/** Moves what lies at a path, with everything below it, to another path. */
export const movePath = (
  tree: FileTree,
  { from, to }: { readonly from: string; readonly to: string },
): void => {
  const moved = [...tree].filter(([path]) => isBelow(path, from))
  removePath(tree, to)
  for (const [path] of moved) tree.delete(path)
  for (const [path, node] of moved) tree.set(`${to}${path.slice(from.length)}`, node)
}

/** The names in a folder, sorted; empty where there is no folder. */
export const namesIn = (tree: FileTree, folder: string): readonly string[] => {
  const real = realPathOf(tree, folder) ?? folder
  const start = real === '/' ? '/' : `${real}/`
  const names: string[] = []
  for (const path of tree.keys())
    if (path.startsWith(start) && path !== '/' && !path.slice(start.length).includes('/'))
      names.push(path.slice(start.length))
  return names.sort()
}

const encoder = new TextEncoder()
const lengths = new WeakMap<FileNode, { readonly text: string; readonly bytes: number }>()

/** Counting bytes costs more than looking up what was counted: disks are asked for their use all the time. */
const bytesOf = (node: FileNode): number => {
  const known = lengths.get(node)
  if (known !== undefined && known.text === node.text) return known.bytes
  const bytes = encoder.encode(node.text).length
  lengths.set(node, { text: node.text, bytes })
  return bytes
}

/** The bytes that a node takes: its text and its padding. */
export const sizeOf = (node: FileNode): number =>
  node.kind === 'directory' ? 4096 : bytesOf(node) + node.paddingBytes

/** A tree with nothing but its root. */
export const createFileTree = (): FileTree => new Map([['/', createNode('directory', '', {})]])
