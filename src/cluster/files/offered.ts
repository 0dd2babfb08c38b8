import type { FileTree } from '../world/file-node.ts'

const offered = new WeakMap<FileTree, Set<string>>()

/** Whether a shell has put a program at a path before: what was taken away since stays away. */
export const isOffered = (tree: FileTree, path: string): boolean => {
  const known = offered.get(tree) ?? new Set()
  offered.set(tree, known)
  if (known.has(path)) return true
  known.add(path)
  return false
}
