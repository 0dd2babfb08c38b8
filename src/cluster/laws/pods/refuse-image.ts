import { uidOf } from '../../kube/pod.ts'
import { getObject } from '../../kube/store.ts'
import type { ImageRefusal } from '../../relations/image-pull.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import { type Kubelet, kubeletReports, kubeletSays } from '../kubelet.ts'
import { placeOf, startFailed, timesToTell } from './telling.ts'

/** Tells why an image is neither looked for nor pulled. */
export const refuseImage = (
  kubelet: Kubelet,
  pod: KubeObject,
  { spec, refusal: { kind, message } }: { readonly spec: KubeValue; readonly refusal: ImageRefusal },
): false => {
  const reason = kind === 'InvalidImageName' ? 'InspectFailed' : kind
  for (const atMs of timesToTell(kubelet, `image-told/${uidOf(pod)}/${spec.name}`)) {
    kubeletReports(kubelet, pod, { type: 'Warning', reason, message, atMs, ...placeOf(spec) })
    startFailed(kubelet, pod, { name: spec.name, kind, error: message, says: kind, atMs })
  }
  return false
}

/** Tells of the secrets for pulling that a pod names and that are not there. */
export const missSecrets = (kubelet: Kubelet, pod: KubeObject): void => {
  const { namespace } = pod.metadata
  const missing = ((pod.spec?.imagePullSecrets ?? []) as readonly { readonly name: string }[])
    .map(({ name }) => name)
    .filter(name => getObject(kubelet.world.kube, { kind: 'Secret', namespace, name }) === undefined)
  if (missing.length === 0) return
  kubeletReports(kubelet, pod, {
    type: 'Warning',
    reason: 'FailedToRetrieveImagePullSecret',
    message: `Unable to retrieve some image pull secrets (${missing.join(', ')}); attempting to pull the image may not succeed.`,
  })
  for (const name of missing)
    kubeletSays(kubelet, 'I', {
      source: 'kubelet_pods.go:899',
      text: `"Unable to retrieve pull secret, the image pull may not succeed." pod="${namespace}/${pod.metadata.name}" secret="" err="secret "${name}" not found"`,
    })
}
