import { readText } from '../files/file-tree.ts'
import type { Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import { mainAddressOf } from './find-machine.ts'
import { hostAddressOf } from './host-address.ts'

const kubeconfigs = [
  '/etc/kubernetes/kubelet.conf',
  '/var/lib/rancher/k3s/agent/kubelet.kubeconfig',
  '/etc/rancher/k3s/k3s.yaml',
  '/etc/kubernetes/kubelet.kubeconfig',
]

/** The address and port by which the components of a node know the API server: that of the kubelet's kubeconfig, else the control plane's. */
export const apiAddressOf = (
  world: World,
  machine: Machine,
): { readonly address: string; readonly port: number } => {
  for (const path of kubeconfigs) {
    const [, host, port] =
      /server:\s*https:\/\/([\w.-]+):(\d+)/.exec(readText(machine.files, path) ?? '') ?? []
    const found = host === undefined ? undefined : hostAddressOf(world, machine, host)
    if (found?.kind === 'found') return { address: found.address, port: Number(port) }
  }
  const control = [...world.machines.values()].find(
    one => one.role === 'control-plane' || one.role === 'master',
  )
  return { address: control === undefined ? '127.0.0.1' : mainAddressOf(control), port: 6443 }
}
