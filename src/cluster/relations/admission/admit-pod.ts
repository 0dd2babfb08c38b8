import { hasTokenSecrets, tokenSecretName, tokenVolume, tokenVolumeName } from '../../kube/account-tokens.ts'
import { qosOf } from '../../kube/quality-class.ts'
import { getObject } from '../../kube/store.ts'
import type { KubeStore, KubeValue } from '../../world/kube-object.ts'
import { withDefaults } from './limit-range.ts'
import { priorityOf } from './priority.ts'

const usualTolerations = [
  { effect: 'NoExecute', key: 'node.kubernetes.io/not-ready', operator: 'Exists', tolerationSeconds: 300 },
  { effect: 'NoExecute', key: 'node.kubernetes.io/unreachable', operator: 'Exists', tolerationSeconds: 300 },
]

const daemonTolerations = [
  ['not-ready', 'NoExecute'],
  ['unreachable', 'NoExecute'],
  ['disk-pressure', 'NoSchedule'],
  ['memory-pressure', 'NoSchedule'],
  ['pid-pressure', 'NoSchedule'],
  ['unschedulable', 'NoSchedule'],
].map(([key, effect]) => ({ effect, key: `node.kubernetes.io/${key}`, operator: 'Exists' }))

const admitSpec = (
  store: KubeStore,
  spec: KubeValue,
  {
    name,
    namespace,
    isDaemon,
  }: { readonly name: string; readonly namespace: string | undefined; readonly isDaemon: boolean },
): KubeValue => {
  const account = getObject(store, {
    kind: 'ServiceAccount',
    namespace,
    name: spec.serviceAccountName ?? 'default',
  })
  const isMounted = spec.automountServiceAccountToken ?? account?.automountServiceAccountToken ?? true
  const secret = hasTokenSecrets(store)
    ? tokenSecretName(namespace ?? '', spec.serviceAccountName ?? 'default')
    : undefined
  const volume = secret ?? tokenVolumeName(name)
  const token =
    secret === undefined
      ? tokenVolume(volume)
      : { name: volume, secret: { defaultMode: 420, secretName: secret } }
  const mount = { mountPath: '/var/run/secrets/kubernetes.io/serviceaccount', name: volume, readOnly: true }
  const withToken = (container: KubeValue): KubeValue =>
    isMounted ? { ...container, volumeMounts: [...(container.volumeMounts ?? []), mount] } : container
  return {
    ...spec,
    containers: spec.containers.map(withToken),
    ...(spec.initContainers === undefined ? {} : { initContainers: spec.initContainers.map(withToken) }),
    enableServiceLinks: true,
    ...priorityOf(store, spec),
    tolerations: podTolerations(spec, isDaemon ? 'daemon' : 'other'),
    ...(isMounted ? { volumes: [...(spec.volumes ?? []), token] } : {}),
  }
}

/** The tolerations of a pod, with those that it is given because of what makes it. */
export const podTolerations = (spec: KubeValue, madeBy: 'daemon' | 'other'): readonly KubeValue[] => [
  ...(spec.tolerations ?? []),
  ...(madeBy === 'daemon' ? daemonTolerations : usualTolerations),
]

/** Fills in what the API server's admission adds to a pod: tolerations, the volume with its token, limits, priority, quality. */
export const admitPod = (
  store: KubeStore,
  pod: KubeValue,
  { isDaemon = false }: { readonly isDaemon?: boolean } = {},
): KubeValue => {
  const { name, namespace } = pod.metadata
  const admitted = {
    ...pod,
    spec: admitSpec(store, withDefaults(store, namespace, pod.spec), { name, namespace, isDaemon }),
  }
  return { ...admitted, status: { phase: 'Pending', qosClass: qosOf(admitted) } }
}
