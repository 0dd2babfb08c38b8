import { kindOf, prefixOf } from '../../kube/kinds.ts'
import { getObject } from '../../kube/store.ts'
import type { Reply } from '../../shell/program.ts'
import type { KubeValue } from '../../world/kube-object.ts'
import type { Client } from './client.ts'
import { readManifests } from './manifests.ts'
import { writeObject } from './write-object.ts'
import { replyOf, type Written } from './written.ts'

const kinds = new Set(['Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding'])

const goWords = (words: readonly string[] | undefined): string => `[${(words ?? []).join(' ')}]`

const ruleText = ({ verbs, apiGroups, resources, resourceNames, nonResourceURLs }: KubeValue): string =>
  `\t\t{Verbs:${goWords(verbs)} APIGroups:${goWords(apiGroups)} Resources:${goWords(resources)} ResourceNames:${goWords(resourceNames)} NonResourceURLs:${goWords(nonResourceURLs)}}\n`

const subjectText = ({ kind, apiGroup = '', name, namespace = '' }: KubeValue): string =>
  `\t\t{Kind:${kind} APIGroup:${apiGroup} Name:${name} Namespace:${namespace}}\n`

const isIn = (list: readonly KubeValue[], one: KubeValue): boolean =>
  list.some(other => JSON.stringify(other) === JSON.stringify(one))

/** Adds to a role or a binding what it lacks of what a manifest wants. */
const reconcileOne = (client: Client, object: KubeValue): Written => {
  const kind = kindOf(object.kind, client.call.world)
  if (kind === undefined || !kinds.has(object.kind)) return { stdout: '' }
  const namespace = kind.isNamespaced ? (object.metadata.namespace ?? client.namespace) : undefined
  const known = getObject(client.call.world.kube, {
    kind: object.kind,
    namespace,
    name: object.metadata.name,
  })
  const field = object.kind.endsWith('Binding') ? 'subjects' : 'rules'
  const before: readonly KubeValue[] = known?.[field] ?? []
  const missing = ((object[field] ?? []) as readonly KubeValue[]).filter(one => !isIn(before, one))
  const title = `${prefixOf(kind)}/${object.metadata.name}`
  if (known !== undefined && missing.length === 0) return { stdout: `${title} reconciled\n` }
  const whole = { ...object, [field]: [...before, ...missing] }
  const written = writeObject(client, whole, known === undefined ? 'create' : 'replace')
  if (written.stderr !== undefined) return written
  const text = missing.map(field === 'rules' ? ruleText : subjectText).join('')
  return {
    ...written,
    stdout: `${title} reconciled\n\treconciliation required ${known === undefined ? 'create' : 'update'}\n\tmissing ${field} added:\n${text}`,
  }
}

/** `kubectl auth reconcile`: roles and bindings get what manifests want them to allow. */
export const reconcileAccess = (client: Client): Reply => {
  if (!client.args.flags.has('filename')) return { stderr: 'error: must specify one of -f and -k\n', exit: 1 }
  const objects = readManifests(client.call, client.args)
  if ('problem' in objects) return { stderr: String(objects.problem), exit: 1 }
  return replyOf(
    client,
    objects.map(object => reconcileOne(client, object)),
  )
}
