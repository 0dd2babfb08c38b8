import type { KubeObject, KubeValue } from '../world/kube-object.ts'
import { remembering } from './remember.ts'

const HASH = 'kubernetes.io/config.hash'
const MIRROR = 'kubernetes.io/config.mirror'

/** The id by which runtime and kubelet know a pod: a static pod's is the hash of its file. */
export const uidOf = (pod: KubeObject): string => pod.metadata.annotations?.[HASH] ?? pod.metadata.uid

/** Whether a pod object only mirrors one that a kubelet runs from a file. */
export const isMirror = (pod: KubeObject): boolean => pod.metadata.annotations?.[MIRROR] !== undefined

/** The annotations of a mirror pod. */
export const mirrorAnnotations = (hash: string, seen: string): Record<string, string> => ({
  [HASH]: hash,
  [MIRROR]: hash,
  'kubernetes.io/config.seen': seen,
  'kubernetes.io/config.source': 'file',
})

/** The name with the namespace and uid as the kubelet's log has it: `web-1_default(uid)`. */
export const fullNameOf = (pod: KubeObject): string =>
  `${pod.metadata.name}_${pod.metadata.namespace}(${uidOf(pod)})`

/** The specifications of a pod's containers. */
export const containerSpecs = (pod: KubeObject): readonly KubeValue[] => pod.spec?.containers ?? []

/** The specifications of a pod's init containers. */
export const initSpecs = (pod: KubeObject): readonly KubeValue[] => pod.spec?.initContainers ?? []

/** The specifications of the containers that were added to a pod to look into it. */
export const ephemeralSpecs = (pod: KubeObject): readonly KubeValue[] => pod.spec?.ephemeralContainers ?? []

/** The specifications of all containers of a pod, in the order in which they are listed. */
export const allSpecs = (pod: KubeObject): readonly KubeValue[] => [
  ...initSpecs(pod),
  ...containerSpecs(pod),
  ...ephemeralSpecs(pod),
]

/** The specification of one of a pod's containers, of any kind; `undefined` where none has the name. */
export const specNamed = (pod: KubeObject, name: string): KubeValue | undefined =>
  allSpecs(pod).find(spec => spec.name === name)

/** A deterministic hash of a text as hexadecimal digits. */
export const hashOf = (text: string, digits = 32): string =>
  text.length < LONG ? digest(text, digits) : hashLong(`${digits} ${text}`)

const LONG = 600

const hashLong = remembering((text: string): string => {
  const at = text.indexOf(' ')
  return digest(text.slice(at + 1), Number(text.slice(0, at)))
})

const digest = (text: string, digits: number): string => {
  let out = ''
  for (let round = 0; out.length < digits; round++) {
    let h = (0x811c9dc5 ^ Math.imul(round, 0x9e3779b1)) | 0
    for (let at = 0; at < text.length; at++) h = Math.imul(h ^ text.charCodeAt(at), 0x01000193)
    h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d)
    out += ((h ^ (h >>> 12)) >>> 0).toString(16).padStart(8, '0')
  }
  return out.slice(0, digits)
}
