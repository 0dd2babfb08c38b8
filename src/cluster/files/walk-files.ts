import { realPathOf } from './file-tree.ts'
import { findNode, namesAt } from './look-up.ts'
import { resolvePath } from './paths.ts'
import type { Viewpoint } from './views.ts'

/** How a walk goes: from which folder on, and whether links on the way are followed. */
export type Walk = { readonly at: Viewpoint; readonly cwd: string; readonly follows: boolean }

/** The files below a path, in order, by paths that begin as it does; links are left out unless they are followed. */
export const filesBelow = ({ at, cwd, follows }: Walk, start: string): readonly string[] => {
  const found: string[] = []
  const visit = (shown: string, above: ReadonlySet<string>): void => {
    const path = resolvePath(cwd, shown)
    const node = findNode(at, path, above.size === 0 || follows ? 'links' : 'folders-only')
    if (node?.kind === 'file') found.push(shown)
    const real = realPathOf(at.machine.files, path) ?? path
    // A link to a folder above it leads round.
    if (node?.kind !== 'directory' || above.has(real)) return
    for (const name of namesAt(at, real))
      visit(`${shown.replace(/\/+$/, '')}/${name}`, new Set([...above, real]))
  }
  visit(start, new Set())
  return found
}
