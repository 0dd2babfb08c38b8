import { getObject } from '../kube/store.ts'
import { decodeBase64 } from '../text/base64.ts'
import type { KubeObject } from '../world/kube-object.ts'
import type { World } from '../world/world.ts'

type Entry = { readonly username?: string; readonly password?: string; readonly auth?: string }

const entryIn = (secret: KubeObject | undefined, registry: string): Entry | undefined => {
  try {
    return JSON.parse(decodeBase64(secret?.data?.['.dockerconfigjson'] ?? '') ?? '').auths?.[registry]
  } catch {
    return undefined
  }
}

/** The name and the password, joined by a colon, that a pod's secrets for pulling hold for a registry. */
export const pullLogin = (world: World, pod: KubeObject, registry: string): string | undefined => {
  const { namespace } = pod.metadata
  for (const { name } of (pod.spec?.imagePullSecrets ?? []) as readonly { readonly name: string }[]) {
    const entry = entryIn(getObject(world.kube, { kind: 'Secret', namespace, name }), registry)
    if (entry?.auth !== undefined) return decodeBase64(entry.auth)
    if (entry !== undefined) return `${entry.username}:${entry.password}`
  }
  return undefined
}
