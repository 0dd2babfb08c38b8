import { containerSpecs, ephemeralSpecs, initSpecs } from '../../kube/pod.ts'
import type { KubeObject } from '../../world/kube-object.ts'

/** What kubectl says as it takes the first container of a pod, because none was named; empty where there is no choice. */
export const defaultedText = (pod: KubeObject): string => {
  const names = [
    ...containerSpecs(pod).map(({ name }) => name),
    ...ephemeralSpecs(pod).map(({ name }) => `${name} (ephem)`),
    ...initSpecs(pod).map(({ name }) => `${name} (init)`),
  ]
  return names.length < 2 ? '' : `Defaulted container "${names[0]}" out of: ${names.join(', ')}\n`
}
