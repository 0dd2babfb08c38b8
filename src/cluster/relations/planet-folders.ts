import { isBelow } from '../files/paths.ts'

/** Folders of the host and where Planet has them. */
export const planetFolders: readonly (readonly [ofHost: string, inPlanet: string])[] = [
  ['/var/lib/gravity/planet/share', '/ext/share'],
  ['/var/lib/gravity/planet/etcd', '/ext/etcd'],
  ['/var/lib/gravity/secrets', '/var/state'],
]

/** Where a path of Planet lies on its host; of what they do not share, the path itself. */
export const pathOnHost = (path: string): string => {
  const [ofHost, inPlanet] = planetFolders.find(([, folder]) => isBelow(path, folder)) ?? ['', '']
  return `${ofHost}${path.slice(inPlanet.length)}`
}
