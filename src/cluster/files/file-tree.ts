import type { FileNode, FileTree } from '../world/file-node.ts'
import { placeIn } from './mounted-tree.ts'
import { baseName, folderOf, isBelow, resolvePath } from './paths.ts'
import { countChange, withAdded } from './tree-totals.ts'

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

// What the type forbids all others.
const entriesOf = (tree: FileTree): Map<string, FileNode> => tree as Map<string, FileNode>

// Which names a folder holds changes seldom, and is asked for at every step.
const folders = new WeakMap<FileTree, Map<string, readonly string[]>>()

/** Dates the folder of a path by a change of what it holds, unless it is younger. */
export const touchFolder = (tree: FileTree, path: string, atMs: number): void => {
  const folder = nodeAt(tree, folderOf(path))
  if (folder !== undefined && folder.mtimeMs < atMs) folder.mtimeMs = atMs
}

/** Puts a node at a real path, in place of one that was there. Every change of a tree goes through here or `dropNode`. */
export const setNode = (seen: FileTree, seenPath: string, node: FileNode): void => {
  const { tree, path } = placeIn(seen, seenPath)
  const before = tree.get(path)
  countChange(tree, path, { before, after: node })
  entriesOf(tree).set(path, node)
  if (before !== undefined) return
  folders.get(tree)?.delete(folderOf(path))
  touchFolder(tree, path, node.mtimeMs)
}

/** Takes the node at a real path away. */
export const dropNode = (seen: FileTree, seenPath: string): void => {
  const { tree, path } = placeIn(seen, seenPath)
  const before = tree.get(path)
  if (before === undefined) return
  countChange(tree, path, { before, after: undefined })
  entriesOf(tree).delete(path)
  folders.get(tree)?.delete(folderOf(path))
}

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

/** Where an entry stands or would stand: its path behind the links of its folders, and itself as it is. */
export const placeOf = (tree: FileTree, path: string): string => followFolders(tree, path) ?? path

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
  setNode(tree, real, createNode('directory', '', setup))
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
  setNode(
    tree,
    real,
    before === undefined
      ? createNode('file', text, setup)
      : { ...before, paddingBytes: 0, holeBytes: 0, text, ...setup },
  )
}

/** Adds whole lines to the end of a file, which is made where it lacks; what is said beside the text holds for a new one only. */
export const appendText = (
  tree: FileTree,
  path: string,
  { text, mtimeMs, ...setup }: NodeSetup & { readonly text: string; readonly mtimeMs: number },
): void => {
  const real = realPathOf(tree, path) ?? path
  const before = tree.get(real)
  if (before?.kind === 'file') setNode(tree, real, withAdded(before, { text, mtimeMs }))
  else writeText(tree, path, { text, mtimeMs, ...setup })
}

/** Makes a symbolic link. */
export const makeLink = (
  tree: FileTree,
  path: string,
  { to, ...setup }: NodeSetup & { readonly to: string },
): void => {
  makeFolder(tree, folderOf(path), { mtimeMs: setup.mtimeMs ?? 0 })
  setNode(tree, path, createNode('symlink', to, setup))
}

/** Removes what lies at a path and below it. */
export const removePath = (tree: FileTree, path: string): void => {
  for (const found of [...tree.keys()]) if (found !== '/' && isBelow(found, path)) dropNode(tree, found)
}

/** Moves what lies at a path, with everything below it, to another path. */
export const movePath = (
  tree: FileTree,
  { from, to }: { readonly from: string; readonly to: string },
): void => {
  const moved = [...tree].filter(([path]) => isBelow(path, from))
  removePath(tree, to)
  for (const [path] of moved) dropNode(tree, path)
  for (const [path, node] of moved) setNode(tree, `${to}${path.slice(from.length)}`, node)
}

/** The names in a folder, sorted; empty where there is no folder. */
export const namesIn = (seen: FileTree, folder: string): readonly string[] => {
  const { tree, path: real } = placeIn(seen, realPathOf(seen, folder) ?? folder)
  const known = folders.get(tree) ?? new Map<string, readonly string[]>()
  folders.set(tree, known)
  const names = known.get(real) ?? listNames(tree, real)
  known.set(real, names)
  return names
}

const listNames = (tree: FileTree, real: string): readonly string[] => {
  const start = real === '/' ? '/' : `${real}/`
  const names: string[] = []
  for (const path of tree.keys())
    if (path.startsWith(start) && path !== '/' && !path.slice(start.length).includes('/'))
      names.push(path.slice(start.length))
  return names.sort()
}

/** A tree with nothing but its root. */
export const createFileTree = (): FileTree => new Map([['/', createNode('directory', '', {})]])
