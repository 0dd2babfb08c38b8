import { yamlValue } from '../kube/read-yaml.ts'
import type { KubeValue } from '../world/kube-object.ts'
import type { Machine } from '../world/machine.ts'
import type { Unit } from '../world/unit.ts'
import { kubeletUnitOf } from './cluster-hosts.ts'
import { settingsText } from './read-settings.ts'

const K3S_MANIFESTS = '/var/lib/rancher/k3s/agent/pod-manifests'

/** Where a kubelet's kubeconfig lies. */
export const kubeletConfigPath = (unit: Unit | undefined): string =>
  unit?.service.startsWith('k3s') === true
    ? '/var/lib/rancher/k3s/agent/kubelet.kubeconfig'
    : (/--kubeconfig[= ](\S+)/.exec(unit?.execStart ?? '')?.[1] ?? '/etc/kubernetes/kubelet.conf')

/** Where a machine's kubelet reads its configuration. */
export const kubeletSettingsPath = (machine: Machine): string =>
  /--config[= ](\S+)/.exec(kubeletUnitOf(machine)?.execStart ?? '')?.[1] ?? '/var/lib/kubelet/config.yaml'

/** The KubeletConfiguration that a machine's kubelet works with; `undefined` when it is missing or does not parse. k3s carries its own. */
export const readKubeletSettings = (machine: Machine): KubeValue => {
  if (kubeletUnitOf(machine)?.service.startsWith('k3s')) return { staticPodPath: K3S_MANIFESTS }
  const text = settingsText(machine, kubeletUnitOf(machine), kubeletSettingsPath(machine))
  return text === undefined ? undefined : yamlValue(text)
}
