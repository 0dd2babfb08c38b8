import { dropNode, namesIn, setNode } from '../../files/file-tree.ts'
import { planetFolders } from '../../relations/planet-folders.ts'
import type { FileNode } from '../../world/file-node.ts'
import type { Machine } from '../../world/machine.ts'

const below = ({ files }: Machine, folder: string): ReadonlyMap<string, FileNode> => {
  const found = new Map<string, FileNode>()
  const visit = (path: string): void => {
    for (const name of namesIn(files, path)) {
      const inner = `${path}/${name}`
      const node = files.get(inner)
      if (node === undefined) continue
      found.set(inner.slice(folder.length), node)
      if (node.kind === 'directory') visit(inner)
    }
  }
  visit(folder)
  return found
}

const place = ({ files }: Machine, path: string, node: FileNode | undefined): void => {
  if (node === undefined) dropNode(files, path)
  else setNode(files, path, node)
}

type Sides = {
  readonly one: FileNode | undefined
  readonly other: FileNode | undefined
  /** What both had before. */
  readonly last: FileNode | undefined
}

/** What holds on both sides: what was written or removed on one of them, or what was written later where both were changed. */
const settled = ({ one, other, last }: Sides): FileNode | undefined => {
  if (one === last) return other
  if (other === last || other === undefined) return one
  return one === undefined || other.mtimeMs > one.mtimeMs ? other : one
}

/** Makes the folders that a host and its Planet share hold the same files: what was written or removed last on either side counts. */
export const shareFiles = (host: Machine, planet: Machine): void => {
  const agreed = planet.sharedFiles ?? new Map<string, FileNode>()
  const now = new Map<string, FileNode>()
  for (const [ofHost, inPlanet] of planetFolders) {
    if (!host.files.has(ofHost) || !planet.files.has(inPlanet)) continue
    const outside = below(host, ofHost)
    const inside = below(planet, inPlanet)
    for (const path of new Set([...outside.keys(), ...inside.keys()])) {
      const one = outside.get(path)
      const other = inside.get(path)
      const node = settled({ one, other, last: agreed.get(`${inPlanet}${path}`) })
      if (one !== node) place(host, `${ofHost}${path}`, node)
      if (other !== node) place(planet, `${inPlanet}${path}`, node)
      if (node !== undefined) now.set(`${inPlanet}${path}`, node)
    }
  }
  planet.sharedFiles = now
}
