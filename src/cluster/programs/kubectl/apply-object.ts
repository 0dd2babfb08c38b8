import type { KubeObject, KubeValue } from '../../world/kube-object.ts'

/** Where `apply` keeps what it was given last. */
export const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration'

const isMap = (value: KubeValue): boolean =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

const isNamedList = (value: KubeValue): boolean =>
  Array.isArray(value) && value.length > 0 && value.every(item => isMap(item) && item.name !== undefined)

const byName = (list: KubeValue, name: string): KubeValue =>
  Array.isArray(list) ? list.find(item => item?.name === name) : undefined

/** Takes from an object what was applied before and is applied no more, in place; what others added stays. */
const prune = (object: KubeValue, before: KubeValue, now: KubeValue): void => {
  for (const [key, value] of Object.entries(before ?? {}) as [string, KubeValue][]) {
    if (now?.[key] === undefined) delete object[key]
    else if (isMap(value) && isMap(object[key])) prune(object[key], value, now[key])
    else if (isNamedList(value) && Array.isArray(object[key])) {
      const gone = value.filter((item: KubeValue) => byName(now[key], item.name) === undefined)
      object[key] = object[key].filter((item: KubeValue) => byName(gone, item?.name) === undefined)
      for (const item of value) {
        const held = byName(object[key], item.name)
        if (held !== undefined) prune(held, item, byName(now[key], item.name))
      }
    }
  }
}

const read = (text: string | undefined): KubeValue => {
  try {
    return text === undefined ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The manifest that `apply` was given, with the note of itself that the next `apply` compares with. */
export const withNote = (manifest: KubeValue): KubeValue => ({
  ...manifest,
  metadata: {
    ...manifest.metadata,
    annotations: { ...manifest.metadata?.annotations, [LAST_APPLIED]: `${JSON.stringify(manifest)}\n` },
  },
})

/** Takes from a stored object what a manifest held when it was applied last and does not hold now. Whether anything went. */
export const dropRemoved = (stored: KubeObject, manifest: KubeValue): boolean => {
  const before = read(stored.metadata.annotations?.[LAST_APPLIED])
  if (before === undefined) return false
  const text = JSON.stringify(stored)
  const fields = ['spec', 'data', 'stringData', 'webhooks', 'rules', 'subjects']
  for (const field of fields)
    if (before[field] !== undefined && isMap(stored[field]))
      prune(stored[field], before[field], manifest[field] ?? {})
  for (const field of ['labels', 'annotations'] as const)
    if (stored.metadata[field] !== undefined)
      prune(stored.metadata[field], before.metadata?.[field] ?? {}, manifest.metadata?.[field] ?? {})
  return JSON.stringify(stored) !== text
}

/** What `apply` warns of where an object was made by other means. */
export const applyWarning = (title: string, stored: KubeObject): string | undefined =>
  stored.metadata.annotations?.[LAST_APPLIED] === undefined
    ? `Warning: resource ${title} is missing the ${LAST_APPLIED} annotation which is required by kubectl apply. kubectl apply should only be used on resources created declaratively by either kubectl create --save-config or kubectl apply. The missing annotation will be patched automatically.\n`
    : undefined
