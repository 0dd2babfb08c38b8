import type { Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'

/** Where a file is looked at: the world, the machine that it lies on, and who looks: root unless said. */
export type Viewpoint = { readonly world: World; readonly machine: Machine; readonly user?: string }

/**
 * Files whose text follows from the state, as below /proc: never stored. `list` gives the paths that exist now, of what is
 * costly to tell only those at the path that is asked for, `read` the text of
 * one; `write`, where a kernel would take it, gives an error text or nothing.
 */
export type FileView = {
  readonly folder: string
  readonly list: (view: Viewpoint, path?: string) => readonly string[]
  readonly read: (view: Viewpoint, path: string) => string
  /** What a file takes beyond its text. */
  readonly padding?: (view: Viewpoint, path: string) => number
  /** When a file was last changed, where that is not now. */
  readonly changedMs?: (view: Viewpoint, path: string) => number
  /** The modes of its files and folders where they are not the kernel's. */
  readonly modes?: { readonly file: { readonly mode: number }; readonly folder: { readonly mode: number } }
  /** The mode of one of its folders, where they differ. */
  readonly folderMode?: (path: string) => number
  /** Where those of its paths lead that are links. */
  readonly links?: (view: Viewpoint, path?: string) => ReadonlyMap<string, string>
  readonly write?: (view: Viewpoint, path: string, text: string) => string | undefined
}
