import { getObject } from '../../kube/store.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import type { Client } from './client.ts'

const sources = { configmap: 'ConfigMap', cm: 'ConfigMap', secret: 'Secret' } as const

const sourceText = (from: KubeValue): string => {
  const { configMapKeyRef: map, secretKeyRef: secret, fieldRef, resourceFieldRef: resource } = from
  if (map !== undefined) return `configmap ${map.name}, key ${map.key}`
  if (secret !== undefined) return `secret ${secret.name}, key ${secret.key}`
  return fieldRef === undefined ? `resource field ${resource?.resource}` : `field path ${fieldRef.fieldPath}`
}

/** `kubectl set env --list`: what each container of a workload has in its environment. */
export const listEnv = (object: KubeObject, containers: readonly KubeValue[]): string =>
  containers
    .map(({ name, env }) => {
      const lines = ((env ?? []) as readonly KubeValue[]).map(entry =>
        entry.valueFrom === undefined
          ? `${entry.name}=${entry.value ?? ''}\n`
          : `# ${entry.name} from ${sourceText(entry.valueFrom)}\n`,
      )
      return `# ${object.kind} ${object.metadata.name}, container ${name}\n${lines.join('')}`
    })
    .join('')

/** The variables that `--from` names: one for each key of a configuration or a secret, or why there are none. */
export const envFrom = (client: Client, from: string): readonly KubeValue[] | string => {
  const [type = '', name = ''] = from.split('/')
  const kind = sources[type as keyof typeof sources]
  if (kind === undefined || name === '')
    return `error: no resource type "${type}" with variables; a configmap or a secret is wanted\n`
  const source = getObject(client.call.world.kube, { kind, namespace: client.namespace, name })
  if (source === undefined) return `Error from server (NotFound): ${type}s "${name}" not found\n`
  const reference = kind === 'Secret' ? 'secretKeyRef' : 'configMapKeyRef'
  return Object.keys(source.data ?? {}).map(key => ({
    name: key.replace(/[^a-zA-Z0-9_]/g, '_').toUpperCase(),
    valueFrom: { [reference]: { key, name } },
  }))
}
