import { minorOf } from '../../kube/minor-version.ts'
import { listObjects } from '../../kube/store.ts'
import type { KubeValue } from '../../world/kube-object.ts'
import type { World } from '../../world/world.ts'
import { groupIn, type Kind, kindsIn } from './kinds.ts'

// What can only be asked, or is kept elsewhere: kind, name with short names, version, scope, and the first minor version that has it.
const asked: readonly (readonly [string, string, string, 'ns' | 'cluster', number])[] = [
  ['Binding', 'bindings', 'v1', 'ns', 0],
  ['SelfSubjectReview', 'selfsubjectreviews', 'authentication.k8s.io/v1', 'cluster', 28],
  ['TokenReview', 'tokenreviews', 'authentication.k8s.io/v1', 'cluster', 0],
  ['LocalSubjectAccessReview', 'localsubjectaccessreviews', 'authorization.k8s.io/v1', 'ns', 0],
  ['SelfSubjectAccessReview', 'selfsubjectaccessreviews', 'authorization.k8s.io/v1', 'cluster', 0],
  ['SelfSubjectRulesReview', 'selfsubjectrulesreviews', 'authorization.k8s.io/v1', 'cluster', 0],
  ['SubjectAccessReview', 'subjectaccessreviews', 'authorization.k8s.io/v1', 'cluster', 0],
  ['Event', 'events event ev', 'events.k8s.io/v1', 'ns', 19],
]

const metrics: typeof asked = [
  ['NodeMetrics', 'nodes', 'metrics.k8s.io/v1beta1', 'cluster', 0],
  ['PodMetrics', 'pods', 'metrics.k8s.io/v1beta1', 'ns', 0],
]

const kindFrom = ([kind, names, version, scope]: (typeof asked)[number]): Kind => {
  const [plural = '', ...short] = names.split(' ')
  return {
    kind,
    plural,
    names: [plural, kind.toLowerCase(), ...short.slice(1)],
    group: groupIn(version),
    version,
    isNamespaced: scope === 'ns',
  }
}

/** All that an API server says it serves, and what kubectl says of parts of it that do not answer. */
export const servedKinds = (
  world: World,
): { readonly served: readonly Kind[]; readonly problem: string | undefined } => {
  const isThere = ({ status }: KubeValue): boolean =>
    !status?.conditions?.some((c: KubeValue) => c.type === 'Available' && c.status === 'False')
  const parts = listObjects(world.kube, 'APIService')
  const mute = parts.filter(part => !isThere(part)).map(({ spec }) => `${spec.group}/${spec.version}`)
  const hasMetrics = parts.some(part => part.spec?.group === 'metrics.k8s.io' && isThere(part))
  const more = [...asked, ...(hasMetrics ? metrics : [])].filter(([, , , , first]) => minorOf(world) >= first)
  const why = mute.map(version => `${version}: stale GroupVersion discovery: ${version}`).join(', ')
  return {
    served: [...kindsIn(world), ...more.map(kindFrom)],
    problem:
      mute.length === 0 ? undefined : `error: unable to retrieve the complete list of server APIs: ${why}\n`,
  }
}
