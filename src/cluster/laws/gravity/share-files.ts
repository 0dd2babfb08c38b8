import type { FileNode } from '../../world/file-node.ts'
import type { Machine } from '../../world/machine.ts'

/** Folders of the host and where Planet has them. */
const shared: readonly (readonly [ofHost: string, inPlanet: string])[] = [
  ['/var/lib/gravity/planet/share', '/ext/share'],
]

/** Nodes that both sides had: one that only one side has now was removed on the other. */
const known = new WeakSet<FileNode>()

const below = (machine: Machine, folder: string): ReadonlyMap<string, FileNode> => {
  const start = `${folder}/`
  const found = new Map<string, FileNode>()
  for (const [path, node] of machine.files)
    if (path.startsWith(start)) found.set(path.slice(folder.length), node)
  return found
}

const place = (machine: Machine, path: string, node: FileNode | undefined): void => {
  if (node === undefined) machine.files.delete(path)
  else machine.files.set(path, node)
}

const newer = (one: FileNode | undefined, other: FileNode | undefined): FileNode | undefined => {
  if (one === undefined || other === undefined) {
    const only = one ?? other
    return only === undefined || known.has(only) ? undefined : only
  }
  if (known.has(one) !== known.has(other)) return known.has(one) ? other : one
  return one.mtimeMs >= other.mtimeMs ? one : other
}

/** Makes the folders that a host and its Planet share hold the same files: what was written or removed last on either side counts. */
export const shareFiles = (host: Machine, planet: Machine): void => {
  for (const [ofHost, inPlanet] of shared) {
    if (!host.files.has(ofHost) || !planet.files.has(inPlanet)) continue
    const outside = below(host, ofHost)
    const inside = below(planet, inPlanet)
    for (const path of new Set([...outside.keys(), ...inside.keys()])) {
      const one = outside.get(path)
      const other = inside.get(path)
      const node = one === other ? one : newer(one, other)
      if (one !== node) place(host, `${ofHost}${path}`, node)
      if (other !== node) place(planet, `${inPlanet}${path}`, node)
      if (node !== undefined) known.add(node)
    }
  }
}
