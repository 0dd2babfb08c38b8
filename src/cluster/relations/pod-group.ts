import { baseName } from '../files/paths.ts'
import { podGroup } from '../kube/quality-class.ts'
import type { Container, GroupDriver, MadeGroup } from '../world/container.ts'
import type { KubeObject } from '../world/kube-object.ts'
import type { Machine } from '../world/machine.ts'
import { readKubeletSettings } from './kubelet-settings.ts'
import { settingsOf } from './read-settings.ts'

/** With whom a machine's kubelet makes the groups of pods. */
export const kubeletDriver = (machine: Machine): GroupDriver =>
  readKubeletSettings(machine)?.cgroupDriver ?? 'cgroupfs'

/** With whom its runtime makes those of containers; k3s tells its own what it tells its kubelet. */
export const runtimeDriver = (machine: Machine): GroupDriver => {
  if (machine.runtime?.kind === 'docker') return 'cgroupfs'
  const config = settingsOf(machine, 'containerd.service')
  if (config === undefined) return kubeletDriver(machine)
  return /SystemdCgroup\s*=\s*true/.test(config) ? 'systemd' : 'cgroupfs'
}

/** What stands between the name of a slice and that of a container, in a path that is meant for systemd. */
const BETWEEN = ':cri-containerd'

/** Where a runtime puts the groups of a pod's containers. One without systemd takes a path for systemd as the name of a folder beside its own. */
export const containersPlace = (machine: Machine, pod: KubeObject): string => {
  const group = podGroup(pod, kubeletDriver(machine))
  const isMisread = group.endsWith('.slice') && runtimeDriver(machine) === 'cgroupfs'
  return isMisread ? `/system.slice/${baseName(group)}${BETWEEN}` : group
}

/** The group of a container, or of what holds its sandbox, by where its runtime puts those of the pod. */
export const groupAt = (place: string, id: string): string => {
  if (place.endsWith('.slice')) return `${place}/cri-containerd-${id}.scope`
  return place.endsWith(BETWEEN) ? `${place}:${id}` : `${place}/${id}`
}

/** The group of a container. */
export const containerGroup = ({ runtime }: Machine, { id, sandboxId }: Container): string =>
  groupAt(runtime?.sandboxes.find(sandbox => sandbox.id === sandboxId)?.groupsPlace ?? '', id)

/** The groups of pods that kubelets have made since the machine came up, with processes in them or without. */
export const madeGroups = ({ runtime }: Machine): readonly MadeGroup[] =>
  Object.values(runtime?.podGroups ?? {}).flatMap(groups => Object.values(groups))
