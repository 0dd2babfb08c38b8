import type { NewObject } from '../store.ts'
import type { RoleRow } from './default-roles.ts'
import { defaultRoles } from './default-roles.ts'
import { readRules, readSubjects } from './read-rules.ts'
import { defaultSpacedRoles, type SpacedRow } from './spaced-roles.ts'

const GROUP = 'rbac.authorization.k8s.io'
const apiVersion = `${GROUP}/v1`

/** A binding: its place, the role that it gives, and to whom. */
export type BindingOrder = {
  readonly name: string
  readonly namespace?: string | undefined
  readonly role: string
  readonly roleKind: 'ClusterRole' | 'Role'
  readonly subjects: string
}

/** The object of a binding. */
export const bindingObject = ({ name, namespace, role, roleKind, subjects }: BindingOrder): NewObject => {
  const list = readSubjects(subjects)
  return {
    apiVersion,
    kind: namespace === undefined ? 'ClusterRoleBinding' : 'RoleBinding',
    metadata: { name, ...(namespace === undefined ? {} : { namespace }) },
    roleRef: { apiGroup: GROUP, kind: roleKind, name: role },
    ...(list.length === 0 ? {} : { subjects: list }),
  }
}

/** The objects of cluster roles, with the bindings of the same names. */
export const roleObjects = (rows: readonly RoleRow[]): readonly NewObject[] =>
  rows.flatMap(([name, rules, subjects]) => [
    { apiVersion, kind: 'ClusterRole', metadata: { name }, rules: readRules(rules) },
    ...(subjects === undefined
      ? []
      : [bindingObject({ name, role: name, roleKind: 'ClusterRole', subjects })]),
  ])

/** The objects of roles in namespaces, with their bindings. */
export const spacedRoleObjects = (rows: readonly SpacedRow[]): readonly NewObject[] =>
  rows.flatMap(([place, rules, subjects]) => {
    const [namespace = '', ...rest] = place.split('/')
    const name = rest.join('/')
    // The API server has given this one binding a name of its own.
    const bound = name.startsWith('extension-apiserver') ? `system::${name}` : name
    return [
      { apiVersion, kind: 'Role', metadata: { name, namespace }, rules: readRules(rules) },
      bindingObject({ name: bound, namespace, role: name, roleKind: 'Role', subjects }),
    ]
  })

const asBootstrap = (object: NewObject): NewObject => ({
  ...object,
  metadata: {
    ...object.metadata,
    annotations: { 'rbac.authorization.kubernetes.io/autoupdate': 'true' },
    labels: { 'kubernetes.io/bootstrapping': 'rbac-defaults' },
  },
})

/** Everything of this that the API server itself makes, and makes again when it starts. */
export const bootstrapAccess: readonly NewObject[] = [
  ...roleObjects(defaultRoles),
  ...spacedRoleObjects(defaultSpacedRoles),
].map(asBootstrap)

const priority = (name: string, value: number, description: string): NewObject => ({
  apiVersion: 'scheduling.k8s.io/v1',
  kind: 'PriorityClass',
  metadata: { name, generation: 1 },
  value,
  preemptionPolicy: 'PreemptLowerPriority',
  description,
})

/** The priorities of what a cluster cannot do without. */
export const systemPriorities: readonly NewObject[] = [
  priority(
    'system-cluster-critical',
    2_000_000_000,
    'Used for system critical pods that must run in the cluster, but can be moved to another node if necessary.',
  ),
  priority(
    'system-node-critical',
    2_000_001_000,
    'Used for system critical pods that must not be moved from their current node.',
  ),
]
