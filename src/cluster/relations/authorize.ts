import { getObject, listObjects } from '../kube/store.ts'
import type { KubeObject, KubeValue } from '../world/kube-object.ts'
import type { World } from '../world/world.ts'
import { inStep } from './in-step.ts'

/** Somebody whom the API server has let in. */
export type Person = { readonly user: string; readonly groups: readonly string[] }

/** What somebody wants to do: with a kind of objects, in a namespace or everywhere, or with a path. */
export type Wish = {
  readonly verb: string
  readonly group?: string
  readonly resource?: string
  readonly namespace?: string | undefined
  readonly name?: string | undefined
  readonly path?: string
}

/** The service account of a pod as the API server knows it. */
export const accountUser = (namespace: string, name: string): Person => ({
  user: `system:serviceaccount:${namespace}:${name}`,
  groups: [],
})

const groupsOf = ({ user, groups }: Person): readonly string[] => {
  const account = /^system:serviceaccount:([^:]+):/.exec(user)
  const own = account === null ? [] : ['system:serviceaccounts', `system:serviceaccounts:${account[1]}`]
  return [...groups, ...own, ...(user === 'system:anonymous' ? [] : ['system:authenticated'])]
}

const isSubject = (person: Person, groups: readonly string[], binding: KubeObject): boolean =>
  ((binding.subjects ?? []) as readonly KubeValue[]).some(({ kind, name, namespace }) => {
    if (kind === 'Group') return groups.includes(name)
    if (kind === 'User') return name === person.user
    return person.user === `system:serviceaccount:${namespace ?? binding.metadata.namespace ?? ''}:${name}`
  })

const rulesIn = ({ kube }: World, binding: KubeObject): readonly KubeValue[] => {
  const { kind, name } = binding.roleRef ?? {}
  const namespace = kind === 'Role' ? binding.metadata.namespace : undefined
  return getObject(kube, { kind, namespace, name })?.rules ?? []
}

/** The rules that bindings give to somebody, in the whole cluster and in a namespace. */
export const rulesOf = (world: World, person: Person, namespace: string | undefined): readonly KubeValue[] =>
  inStep(
    world,
    `rules/${person.user}/${person.groups.join()}/${namespace ?? ''}/${world.kube.revision}`,
    () => {
      const groups = groupsOf(person)
      return [
        ...listObjects(world.kube, 'ClusterRoleBinding'),
        ...(namespace === undefined ? [] : listObjects(world.kube, 'RoleBinding', namespace)),
      ]
        .filter(binding => isSubject(person, groups, binding))
        .flatMap(binding => rulesIn(world, binding))
    },
  )

const has = (list: readonly string[] | undefined, wanted: string): boolean =>
  list?.some(
    value =>
      value === '*' || value === wanted || (value.endsWith('*') && wanted.startsWith(value.slice(0, -1))),
  ) === true

const allows = (rule: KubeValue, { verb, group = '', resource = '', name, path }: Wish): boolean => {
  if (!has(rule.verbs, verb)) return false
  if (path !== undefined) return has(rule.nonResourceURLs, path)
  const names: readonly string[] = rule.resourceNames ?? []
  const ofAny = `*/${resource.split('/')[1] ?? ''}`
  return (
    has(rule.apiGroups, group) &&
    (has(rule.resources, resource) || rule.resources?.includes(ofAny) === true) &&
    (names.length === 0 || (name !== undefined && names.includes(name)))
  )
}

/** Whether somebody may do something by the roles that are bound to them; the masters may do everything. */
export const mayDo = (world: World, person: Person, wish: Wish): boolean =>
  person.groups.includes('system:masters') ||
  rulesOf(world, person, wish.namespace).some(rule => allows(rule, wish))

/** The API server's sentence about a wish that it refuses, without what stands in front of it. */
export const refusalText = ({ user }: Person, wish: Wish): string => {
  const { verb, group = '', resource = '', namespace, name, path } = wish
  if (path !== undefined) return `forbidden: User "${user}" cannot ${verb} path "${path}"`
  const scope = namespace === undefined ? 'at the cluster scope' : `in the namespace "${namespace}"`
  const full = `${resource.split('/')[0]}${group === '' ? '' : `.${group}`}`
  const named = name === undefined ? '' : ` "${name}"`
  return `${full}${named} is forbidden: User "${user}" cannot ${verb} resource "${resource}" in API group "${group}" ${scope}`
}
