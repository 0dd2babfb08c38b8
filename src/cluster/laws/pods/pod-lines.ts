import { uidOf } from '../../kube/pod.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import { uniqueVolumeName, volumePluginOf } from './volume-names.ts'

/** A line of a kubelet: its place in the source, and its text. */
export type PodLine = { readonly source: string; readonly text: string }

/** Under which timer a kubelet keeps that it has taken a pod on. */
export const admissionKey = (uid: string): string => `admitted/${uid}`

const nameOf = ({ metadata }: KubeObject): string => `${metadata.namespace}/${metadata.name}`

const volumesOf = (pod: KubeObject): readonly KubeValue[] => pod.spec?.volumes ?? []

/** What a kubelet logs of a pod that it takes on: that it looks for room, and at each of its volumes. */
export const admissionLines = (pod: KubeObject): readonly PodLine[] => [
  {
    source: 'topology_manager.go:215',
    text: `"Topology Admit Handler" podUID="${uidOf(pod)}" podNamespace="${pod.metadata.namespace}" podName="${pod.metadata.name}"`,
  },
  ...volumesOf(pod).map(volume => ({
    source: 'reconciler_common.go:258',
    text: `"operationExecutor.VerifyControllerAttachedVolume started for volume \\"${volume.name}\\" (UniqueName: \\"${uniqueVolumeName(pod, volume)}\\") pod \\"${pod.metadata.name}\\" (UID: \\"${uidOf(pod)}\\") " pod="${nameOf(pod)}"`,
  })),
]

/** What a kubelet logs of the volumes of a pod that goes. */
export const releaseLines = (pod: KubeObject, nodeName: string): readonly PodLine[] => [
  ...volumesOf(pod).flatMap(volume => {
    const unique = uniqueVolumeName(pod, volume)
    const uid = uidOf(pod)
    return [
      {
        source: 'reconciler_common.go:172',
        text: `"operationExecutor.UnmountVolume started for volume \\"${volume.name}\\" (UniqueName: \\"${unique}\\") pod \\"${uid}\\" (UID: \\"${uid}\\") "`,
      },
      {
        source: 'operation_generator.go:888',
        text: `UnmountVolume.TearDown succeeded for volume "${unique}" (OuterVolumeSpecName: "${volume.name}") pod "${uid}" (UID: "${uid}"). InnerVolumeSpecName "${volume.name}". PluginName "${volumePluginOf(volume)}", VolumeGidValue ""`,
      },
    ]
  }),
  ...volumesOf(pod).map(volume => ({
    source: 'reconciler_common.go:300',
    text: `"Volume detached for volume \\"${volume.name}\\" (UniqueName: \\"${uniqueVolumeName(pod, volume)}\\") on node \\"${nodeName}\\" DevicePath \\"\\""`,
  })),
]

/** What a kubelet logs of a container that it tells to end. */
export const killingLine = (
  pod: KubeObject,
  { name, id }: { readonly name: string; readonly id: string },
  { scheme, graceS }: { readonly scheme: string; readonly graceS: number },
): PodLine => ({
  source: 'kuberuntime_container.go:742',
  text: `"Killing container with a grace period" pod="${nameOf(pod)}" podUID="${uidOf(pod)}" containerName="${name}" containerID="${scheme}://${id}" gracePeriod=${graceS}`,
})
