import { uidOf } from '../../kube/pod.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'

/** The plugins that mount the kinds of volumes; a claim's is the one of what is bound to it. */
const plugins: readonly (readonly [kind: string, plugin: string])[] = [
  ['hostPath', 'host-path'],
  ['configMap', 'configmap'],
  ['secret', 'secret'],
  ['projected', 'projected'],
  ['emptyDir', 'empty-dir'],
  ['nfs', 'nfs'],
  ['persistentVolumeClaim', 'local-volume'],
]

/** The plugin that mounts a volume of a pod. */
export const volumePluginOf = (volume: KubeValue): string =>
  `kubernetes.io/${plugins.find(([kind]) => volume?.[kind] !== undefined)?.[1] ?? 'host-path'}`

/** The name by which a kubelet tells a volume from all others. */
export const uniqueVolumeName = (pod: KubeObject, volume: KubeValue): string =>
  `${volumePluginOf(volume)}/${uidOf(pod)}-${volume.name}`
