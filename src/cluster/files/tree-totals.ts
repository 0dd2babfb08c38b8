import type { FileNode, FileTree } from '../world/file-node.ts'
import { bytesOfText } from './bytes.ts'
import { isBelow } from './paths.ts'

/** What the files below a mount point take. */
export type MountTotal = { bytes: number; inodes: number }

type Totals = {
  readonly mounts: readonly string[]
  /** Mount points, the longest first. */
  readonly byDepth: readonly string[]
  readonly mountOf: Map<string, string | undefined>
  readonly sums: Map<string, MountTotal>
}

// Disks are asked for their use all the time, and files change one at a time: sums are kept and corrected.
const kept = new WeakMap<FileTree, Totals>()

const FOLDER_BYTES = 4096
const isAscii = /^[\0-\x7f]*$/
const lengths = new WeakMap<FileNode, { readonly text: string; readonly bytes: number }>()

const utf8Length = (text: string): number => (isAscii.test(text) ? text.length : bytesOfText(text).length)

const bytesOf = (node: FileNode): number => {
  const known = lengths.get(node)
  if (known !== undefined && known.text === node.text) return known.bytes
  const bytes = utf8Length(node.text)
  lengths.set(node, { text: node.text, bytes })
  return bytes
}

/** A file with text added at its end. Logs grow by it: what was counted of them before is not counted again. */
export const withAdded = (
  before: FileNode,
  { text: added, mtimeMs }: { readonly text: string; readonly mtimeMs: number },
): FileNode => {
  const after = { ...before, text: before.text + added, mtimeMs }
  lengths.set(after, { text: after.text, bytes: bytesOf(before) + utf8Length(added) })
  return after
}

/** The bytes that a node takes of its disk: its text and its padding. */
export const takenBy = (node: FileNode): number =>
  node.kind === 'directory' ? FOLDER_BYTES : bytesOf(node) + node.paddingBytes

/** How long a node is: what it takes, and its holes. */
export const sizeOf = (node: FileNode): number => takenBy(node) + (node.holeBytes ?? 0)

const mountFor = (totals: Totals, path: string): string | undefined => {
  if (totals.mountOf.has(path)) return totals.mountOf.get(path)
  const mount = totals.byDepth.find(candidate => isBelow(path, candidate))
  totals.mountOf.set(path, mount)
  return mount
}

const count = (
  totals: Totals,
  path: string,
  { node, sign }: { readonly node: FileNode; readonly sign: 1 | -1 },
): void => {
  const sum = totals.sums.get(mountFor(totals, path) ?? '')
  if (sum === undefined) return
  sum.inodes += sign * (1 + node.paddingInodes)
  sum.bytes +=
    sign * (node.kind === 'directory' ? node.paddingBytes : node.kind === 'file' ? takenBy(node) : 0)
}

/** Corrects the sums of a tree for a node that takes the place of another, or of none. */
export const countChange = (
  tree: FileTree,
  path: string,
  { before, after }: { readonly before: FileNode | undefined; readonly after: FileNode | undefined },
): void => {
  const totals = kept.get(tree)
  if (totals === undefined) return
  if (before !== undefined) count(totals, path, { node: before, sign: -1 })
  if (after !== undefined) count(totals, path, { node: after, sign: 1 })
}

const isSame = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((mount, index) => mount === b[index])

/** What the files of a tree take on each of its mount points. */
export const totalsByMount = (tree: FileTree, mounts: readonly string[]): ReadonlyMap<string, MountTotal> => {
  const known = kept.get(tree)
  if (known !== undefined && isSame(known.mounts, mounts)) return known.sums
  const totals: Totals = {
    mounts,
    byDepth: mounts.toSorted((a, b) => b.length - a.length),
    mountOf: new Map(),
    sums: new Map(mounts.map(mount => [mount, { bytes: 0, inodes: 0 }])),
  }
  for (const [path, node] of tree) count(totals, path, { node, sign: 1 })
  kept.set(tree, totals)
  return totals.sums
}
