import type { FileNode, FileTree } from '../world/file-node.ts'
import { isBelow } from './paths.ts'

/** What lies at a path of a tree in place of its own: another tree, or a part of one. */
export type Mount = { readonly at: string; readonly tree: FileTree; readonly from: string }

/** A path in the tree that truly holds it. */
export type Place = { readonly tree: FileTree; readonly path: string }

const moved = (path: string, from: string, to: string): string => {
  const rest = from === '/' ? path : path.slice(from.length)
  return to === '/' ? rest || '/' : `${to}${rest === '/' ? '' : rest}`
}

/** A tree with others mounted into it: each change of one is seen through all that show it. The own tree has an entry where another begins. */
export class MountedTree implements ReadonlyMap<string, FileNode> {
  readonly #own: FileTree
  /** The longest path first: of mounts within another the narrower counts. */
  readonly #mounts: readonly Mount[]

  constructor(own: FileTree, mounts: readonly Mount[]) {
    this.#own = own
    this.#mounts = mounts.toSorted((a, b) => b.at.length - a.at.length)
  }

  place(path: string): Place {
    const mount = this.#mounts.find(({ at }) => isBelow(path, at))
    return mount === undefined
      ? { tree: this.#own, path }
      : { tree: mount.tree, path: moved(path, mount.at, mount.from) }
  }

  get(path: string): FileNode | undefined {
    const place = this.place(path)
    return place.tree.get(place.path)
  }

  has(path: string): boolean {
    return this.get(path) !== undefined
  }

  *#paths(): IterableIterator<string> {
    for (const path of this.#own.keys()) if (this.place(path).tree === this.#own) yield path
    for (const { at, tree, from } of this.#mounts)
      for (const path of tree.keys()) {
        if (!isBelow(path, from)) continue
        const seen = moved(path, from, at)
        if (this.place(seen).tree === tree) yield seen
      }
  }

  get size(): number {
    return [...this.#paths()].length
  }

  keys(): MapIterator<string> {
    return this.#paths() as MapIterator<string>
  }

  *#entries(): IterableIterator<[string, FileNode]> {
    for (const path of this.#paths()) {
      const node = this.get(path)
      if (node !== undefined) yield [path, node]
    }
  }

  entries(): MapIterator<[string, FileNode]> {
    return this.#entries() as MapIterator<[string, FileNode]>
  }

  *#nodes(): IterableIterator<FileNode> {
    for (const [, node] of this.#entries()) yield node
  }

  values(): MapIterator<FileNode> {
    return this.#nodes() as MapIterator<FileNode>
  }

  forEach(act: (node: FileNode, path: string, tree: ReadonlyMap<string, FileNode>) => void): void {
    for (const [path, node] of this.entries()) act(node, path, this)
  }

  [Symbol.iterator](): MapIterator<[string, FileNode]> {
    return this.entries()
  }
}

/** Where a path of a tree truly lies. */
export const placeIn = (tree: FileTree, path: string): Place =>
  tree instanceof MountedTree ? tree.place(path) : { tree, path }
