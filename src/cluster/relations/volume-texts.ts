import { getObject } from '../kube/store.ts'
import { msOf } from '../kube/times.ts'
import type { Sandbox } from '../world/container.ts'
import type { KubeObject, KubeValue } from '../world/kube-object.ts'
import type { World } from '../world/world.ts'
import { encodeToken, signingKeyAt } from './account-token.ts'

/** The kubelet asks for a new token when four fifths of an hour are over. */
const RENEWED_MS = 48 * 60_000
/** The API server gives a pod's token a year more than the hour that it asks for. */
const TOKEN_MS = 365 * 86_400_000 + 3_607_000

const accountTokenOf = (world: World, { metadata, spec, status }: KubeObject): string => {
  const startedMs = msOf(status?.startTime ?? metadata.creationTimestamp)
  const issuedMs = startedMs + Math.floor((world.nowMs - startedMs) / RENEWED_MS) * RENEWED_MS
  return encodeToken({
    namespace: metadata.namespace ?? '',
    name: spec?.serviceAccountName ?? 'default',
    issuedMs,
    expiresMs: issuedMs + TOKEN_MS,
    keyId: signingKeyAt(world, issuedMs),
  })
}

type Texts = Readonly<Record<string, string>>

/** An object that a volume shows, and which of its keys under which paths: all where nothing is said. */
type Source = { readonly kind: 'ConfigMap' | 'Secret'; readonly name: string; readonly items?: KubeValue }

const sourceIn = ({ configMap, secret }: KubeValue): readonly Source[] => [
  ...(configMap ? [{ kind: 'ConfigMap' as const, name: configMap.name, items: configMap.items }] : []),
  ...(secret
    ? [{ kind: 'Secret' as const, name: secret.secretName ?? secret.name, items: secret.items }]
    : []),
]

/** The config maps and secrets that a volume shows. */
export const volumeSources = (volume: KubeValue): readonly Source[] =>
  [volume, ...(volume.projected?.sources ?? [])].flatMap(sourceIn)

/** Under which name a sandbox keeps what the kubelet has read of such an object. */
export const heldName = ({ kind, name }: Source): string => (kind === 'ConfigMap' ? name : `Secret/${name}`)

/** What tells when the kubelet wrote volumes. */
export type Written = Pick<Sandbox, 'id' | 'createdMs' | 'pastConfigs'>

/** When the kubelet last wrote what a volume holds. */
export const volumeWrittenMs = (sandbox: Written, volume: KubeValue): number => {
  const names = volumeSources(volume).map(heldName)
  return Math.max(
    sandbox.createdMs,
    ...(sandbox.pastConfigs ?? []).filter(({ name }) => names.includes(name)).map(({ untilMs }) => untilMs),
  )
}

const plainOf = (kind: Source['kind'], text: string): string =>
  kind === 'Secret' && /^[\w+/=]*$/.test(text) ? atob(text) : text

const fieldText = ({ metadata, spec }: KubeObject, path: string): string => {
  const [, of, key] = /^metadata\.(labels|annotations)(?:\['(.*)'\])?$/.exec(path) ?? []
  if (of === undefined) {
    const value: KubeValue = path
      .split('.')
      .reduce((at: KubeValue, part) => at?.[part], { metadata, spec } as KubeValue)
    return String(value ?? '')
  }
  const notes: KubeValue = (metadata as KubeValue)[of] ?? {}
  if (key !== undefined) return notes[key] ?? ''
  return Object.keys(notes)
    .sort()
    .map(name => `${name}=${JSON.stringify(notes[name])}`)
    .join('\n')
}

type At = { readonly world: World; readonly pod: KubeObject; readonly sandbox: Sandbox | undefined }

const objectTexts = ({ world, pod, sandbox }: At, source: Source): Texts => {
  const { kind, name, items } = source
  const data: Texts =
    sandbox?.configs?.[heldName(source)] ??
    getObject(world.kube, { kind, namespace: pod.metadata.namespace, name })?.data ??
    {}
  const shown: readonly KubeValue[] = items ?? Object.keys(data).map(key => ({ key, path: key }))
  return Object.fromEntries(
    shown.flatMap(({ key, path }) => (data[key] === undefined ? [] : [[path, plainOf(kind, data[key])]])),
  )
}

const partTexts = (at: At, part: KubeValue): Texts => {
  const { serviceAccountToken: token, downwardAPI: fields } = part
  if (token) return { [token.path]: accountTokenOf(at.world, at.pod) }
  if (fields)
    return Object.fromEntries(
      (fields.items ?? []).map(({ path, fieldRef }: KubeValue) => [
        path,
        fieldText(at.pod, fieldRef?.fieldPath ?? ''),
      ]),
    )
  return Object.assign({}, ...sourceIn(part).map(source => objectTexts(at, source)))
}

/** What a volume of a pod holds, by the paths of its files: what its sandbox has read, even when the objects have gone since. */
export const volumeTexts = (at: At, volume: KubeValue): Texts =>
  Object.assign({}, ...[volume, ...(volume.projected?.sources ?? [])].map(part => partTexts(at, part)))
