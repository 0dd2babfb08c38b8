import { type Kind, kindsIn } from '../../kube/kinds.ts'
import { listObjects } from '../../kube/store.ts'
import type { KubeValue } from '../../world/kube-object.ts'
import type { World } from '../../world/world.ts'

/** All that an API server says it serves, and what kubectl says of parts of it that do not answer. */
export const servedKinds = (
  world: World,
): { readonly served: readonly Kind[]; readonly problem: string | undefined } => {
  const isThere = ({ status }: KubeValue): boolean =>
    !status?.conditions?.some((c: KubeValue) => c.type === 'Available' && c.status === 'False')
  const mute = listObjects(world.kube, 'APIService')
    .filter(part => !isThere(part))
    .map(({ spec }) => `${spec.group}/${spec.version}`)
  const why = mute.map(version => `${version}: stale GroupVersion discovery: ${version}`).join(', ')
  return {
    served: kindsIn(world).filter(({ version }) => !mute.includes(version)),
    problem:
      mute.length === 0 ? undefined : `error: unable to retrieve the complete list of server APIs: ${why}\n`,
  }
}
