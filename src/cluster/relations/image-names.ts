import { fullImageName } from '../kube/known-images.ts'
import { hashOf } from '../kube/pod.ts'
import type { Image } from '../world/container.ts'
import type { World } from '../world/world.ts'

/** The id that an image has wherever it is pulled. */
export const imageIdOf = ({ machines }: World, image: string): string => {
  const name = fullImageName(image)
  for (const { runtime } of machines.values()) {
    const stored = runtime?.images.find(({ tags }) => tags.includes(name))
    if (stored !== undefined) return stored.id
  }
  return `sha256:${hashOf(`image ${name}`, 64)}`
}

/** The digest of the manifest that leads to an image of this id: registries know it by that. */
export const manifestDigestOf = (id: string): string => `sha256:${hashOf(id, 64)}`

/** An image's name by a digest, of its name by a tag. */
export const byDigest = (name: string, id: string): string =>
  `${name.replace(/:[^:/]*$/, '')}@${manifestDigestOf(id)}`

/** The names by a digest that an image has in a runtime's store. */
export const repoDigestsOf = ({ id, tags }: Image): readonly string[] => [
  ...new Set(tags.map(tag => byDigest(tag, id))),
]
