import { readText } from '../../files/file-tree.ts'
import { type Certificate, decodeKey } from '../../relations/certificate.ts'
import type { World } from '../../world/world.ts'

const tokenKeyIdOf = (world: World): string | undefined =>
  [...world.machines.values()]
    .map(({ planet }) => decodeKey(readText(planet?.files ?? new Map(), '/var/state/apiserver.key')))
    .find(keyId => keyId !== undefined)

/** An API server's certificate with the key of those that stand already: masters share it, since it signs tokens. */
export const withTokenKey = (world: World, issued: Certificate): Certificate => ({
  ...issued,
  keyId: tokenKeyIdOf(world) ?? issued.keyId,
})
