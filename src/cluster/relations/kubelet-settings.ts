import { readText } from '../files/file-tree.ts'
import { yamlValue } from '../kube/read-yaml.ts'
import type { KubeValue } from '../world/kube-object.ts'
import type { Machine } from '../world/machine.ts'
import { kubeletUnitOf } from './cluster-hosts.ts'

const K3S_MANIFESTS = '/var/lib/rancher/k3s/agent/pod-manifests'

/** Where a machine's kubelet reads its configuration. */
export const kubeletSettingsPath = (machine: Machine): string =>
  /--config[= ](\S+)/.exec(kubeletUnitOf(machine)?.execStart ?? '')?.[1] ?? '/var/lib/kubelet/config.yaml'

/** The KubeletConfiguration of a machine; `undefined` when it is missing or does not parse. k3s carries its own. */
export const readKubeletSettings = (machine: Machine): KubeValue => {
  if (kubeletUnitOf(machine)?.service.startsWith('k3s')) return { staticPodPath: K3S_MANIFESTS }
  const text = readText(machine.files, kubeletSettingsPath(machine))
  return text === undefined ? undefined : yamlValue(text)
}
