import { readText } from '../../files/file-tree.ts'
import { decodeKey } from '../../relations/certificate.ts'
import type { World } from '../../world/world.ts'

/** The key of the API servers of a cluster that stands already: masters share it, since it signs tokens. */
export const tokenKeyIdOf = (world: World): string | undefined =>
  [...world.machines.values()]
    .map(({ planet }) => decodeKey(readText(planet?.files ?? new Map(), '/var/state/apiserver.key')))
    .find(keyId => keyId !== undefined)
