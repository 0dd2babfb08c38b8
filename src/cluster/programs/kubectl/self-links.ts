import { kindsIn } from '../../kube/kinds.ts'
import { minorOf } from '../../kube/minor-version.ts'
import type { KubeObject } from '../../world/kube-object.ts'
import type { World } from '../../world/world.ts'

/** The first minor release whose API server no longer gives objects their own path. */
const LACKS_LINKS = 20

/** Objects with their paths below the API server, where its release gives them. */
export const withSelfLinks = (world: World, items: readonly KubeObject[]): readonly KubeObject[] => {
  if (minorOf(world) >= LACKS_LINKS) return items
  const kinds = new Map(kindsIn(world).map(kind => [kind.kind, kind]))
  return items.map(item => {
    const kind = kinds.get(item.kind)
    if (kind === undefined) return item
    const { namespace, name } = item.metadata
    const root = kind.version.includes('/') ? `/apis/${kind.version}` : `/api/${kind.version}`
    const space = namespace === undefined ? '' : `/namespaces/${namespace}`
    return { ...item, metadata: { ...item.metadata, selfLink: `${root}${space}/${kind.plural}/${name}` } }
  })
}
