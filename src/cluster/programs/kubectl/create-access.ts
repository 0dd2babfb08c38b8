import { kindOf } from '../../kube/kinds.ts'
import type { KubeValue } from '../../world/kube-object.ts'
import type { Client } from './client.ts'

const GROUP = 'rbac.authorization.k8s.io'
const apiVersion = `${GROUP}/v1`

const subjects = ({ args: { lists } }: Client): readonly KubeValue[] => [
  ...(lists.get('user') ?? []).map(name => ({ apiGroup: GROUP, kind: 'User', name })),
  ...(lists.get('group') ?? []).map(name => ({ apiGroup: GROUP, kind: 'Group', name })),
  ...(lists.get('serviceaccount') ?? []).map(place => {
    const [namespace, name] = place.split(':')
    return { kind: 'ServiceAccount', name, namespace }
  }),
]

const split = (texts: readonly string[] | undefined): readonly string[] =>
  (texts ?? []).flatMap(text => text.split(','))

/** A rule for each group that the resources belong to. */
const rules = ({ args: { lists }, call: { world } }: Client): readonly KubeValue[] => {
  const byGroup = new Map<string, string[]>()
  for (const resource of split(lists.get('resource'))) {
    const [word = '', part] = resource.split('/')
    const kind = kindOf(word, world)
    const group = kind?.group ?? word.split('.').slice(1).join('.')
    const name = `${kind?.plural ?? word.split('.')[0]}${part === undefined ? '' : `/${part}`}`
    byGroup.set(group, [...(byGroup.get(group) ?? []), name])
  }
  return [...byGroup].map(([group, resources]) => ({
    apiGroups: [group],
    ...(lists.has('resource-name') ? { resourceNames: split(lists.get('resource-name')) } : {}),
    resources,
    verbs: split(lists.get('verb')),
  }))
}

/** The object that `kubectl create role`, `clusterrole`, `rolebinding` or `clusterrolebinding` makes; `undefined` for other kinds. */
export const buildAccess = (client: Client, what: string, name: string | undefined): KubeValue => {
  const kind = /^(cluster)?role(binding)?$/.test(what) ? kindOf(what)?.kind : undefined
  if (kind === undefined) return undefined
  const metadata = { name }
  if (!kind.endsWith('Binding')) return { apiVersion, kind, metadata, rules: rules(client) }
  const { flags } = client.args
  const role = flags.get('role')
  return {
    apiVersion,
    kind,
    metadata,
    roleRef: {
      apiGroup: GROUP,
      kind: role === undefined ? 'ClusterRole' : 'Role',
      name: role ?? flags.get('clusterrole'),
    },
    subjects: subjects(client),
  }
}
