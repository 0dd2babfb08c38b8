import { fullNameOf } from '../../kube/pod.ts'
import { getObject } from '../../kube/store.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import type { Kubelet } from '../kubelet.ts'

/** What a container's environment needs and is not there, in the kubelet's words. */
export const configProblem = ({ world }: Kubelet, pod: KubeObject, spec: KubeValue): string | undefined => {
  const namespace = pod.metadata.namespace
  const check = (kind: 'ConfigMap' | 'Secret', ref: KubeValue): string | undefined => {
    if (ref === undefined || ref.optional === true) return undefined
    const object = getObject(world.kube, { kind, namespace, name: ref.name })
    if (object === undefined) return `${kind.toLowerCase()} "${ref.name}" not found`
    if (ref.key === undefined || object.data?.[ref.key] !== undefined) return undefined
    return `couldn't find key ${ref.key} in ${kind} ${namespace}/${ref.name}`
  }
  const refs = [
    ...(spec.envFrom ?? []).flatMap((s: KubeValue) => [
      check('ConfigMap', s.configMapRef),
      check('Secret', s.secretRef),
    ]),
    ...(spec.env ?? []).flatMap((e: KubeValue) => [
      check('ConfigMap', e.valueFrom?.configMapKeyRef),
      check('Secret', e.valueFrom?.secretKeyRef),
    ]),
  ]
  return refs.find(problem => problem !== undefined) ?? rootProblem(pod, spec)
}

/** Why a container that must not run as root may not start, in the kubelet's words. */
const rootProblem = (pod: KubeObject, spec: KubeValue): string | undefined => {
  const { runAsNonRoot, runAsUser } = { ...pod.spec?.securityContext, ...spec.securityContext }
  if (runAsNonRoot !== true || runAsUser > 0) return undefined
  const where = `(pod: "${fullNameOf(pod)}", container: ${spec.name})`
  return runAsUser === 0
    ? `container's runAsUser breaks non-root policy ${where}`
    : `container has runAsNonRoot and image will run as root ${where}`
}
