import { yamlValue } from '../kube/read-yaml.ts'
import type { KubeValue } from '../world/kube-object.ts'
import type { Machine } from '../world/machine.ts'
import type { Unit } from '../world/unit.ts'
import { kubeletUnitOf } from './cluster-hosts.ts'
import { pairsIn } from './flags.ts'
import { k3sKubeletArguments } from './k3s/kubelet-arguments.ts'
import { settingsText } from './read-settings.ts'

/** Where a kubelet's kubeconfig lies. */
export const kubeletConfigPath = (unit: Unit | undefined): string =>
  unit?.service.startsWith('k3s') === true
    ? '/var/lib/rancher/k3s/agent/kubelet.kubeconfig'
    : (/--kubeconfig[= ](\S+)/.exec(unit?.execStart ?? '')?.[1] ?? '/etc/kubernetes/kubelet.conf')

/** Where a machine's kubelet reads its configuration. */
export const kubeletSettingsPath = (machine: Machine): string =>
  /--config[= ](\S+)/.exec(kubeletUnitOf(machine)?.execStart ?? '')?.[1] ?? '/var/lib/kubelet/config.yaml'

/** What k3s tells its kubelet by flags, as a KubeletConfiguration. */
const k3sSettings = (machine: Machine, unit: Unit): KubeValue => {
  const told = k3sKubeletArguments(machine, unit)
  return {
    address: told.address,
    cgroupDriver: told['cgroup-driver'],
    evictionHard: pairsIn(told['eviction-hard'] ?? '', '<'),
    evictionMinimumReclaim: pairsIn(told['eviction-minimum-reclaim'] ?? '', '='),
    failSwapOn: told['fail-swap-on'] === 'true',
    resolvConf: told['resolv-conf'],
    serializeImagePulls: told['serialize-image-pulls'] === 'true',
    staticPodPath: told['pod-manifest-path'],
    tlsCertFile: told['tls-cert-file'],
    tlsPrivateKeyFile: told['tls-private-key-file'],
  }
}

/** The KubeletConfiguration that a machine's kubelet works with; `undefined` when it is missing or does not parse. k3s carries its own. */
export const readKubeletSettings = (machine: Machine): KubeValue => {
  const unit = kubeletUnitOf(machine)
  if (unit?.service.startsWith('k3s') === true) return k3sSettings(machine, unit)
  const text = settingsText(machine, unit, kubeletSettingsPath(machine))
  return text === undefined ? undefined : yamlValue(text)
}
