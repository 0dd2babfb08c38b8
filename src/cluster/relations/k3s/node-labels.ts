import type { KubeValue } from '../../world/kube-object.ts'
import type { Machine } from '../../world/machine.ts'
import { mainAddressOf } from '../find-machine.ts'
import { k3sOptions, k3sUnitOf } from './k3s-units.ts'

/** What a node has from the program that registers it: labels, annotations and taints. */
export type NodeMarks = {
  readonly labels: Readonly<Record<string, string>>
  readonly annotations: Readonly<Record<string, string>>
  readonly taints: readonly KubeValue[]
}

const readTaint = (text: string): KubeValue => {
  const [head = '', effect = 'NoSchedule'] = text.split(/:(?=[^:]*$)/)
  const [key = '', value] = head.split('=')
  return { effect, key, ...(value === undefined ? {} : { value }) }
}

const ofK3s = (machine: Machine, nodeName: string): NodeMarks => {
  const unit = k3sUnitOf(machine)
  const isServer = unit?.service === 'k3s'
  const roles = { 'node-role.kubernetes.io/control-plane': 'true', 'node-role.kubernetes.io/master': 'true' }
  return {
    labels: {
      'beta.kubernetes.io/instance-type': 'k3s',
      'node.kubernetes.io/instance-type': 'k3s',
      ...(isServer ? roles : {}),
    },
    annotations: {
      'alpha.kubernetes.io/provided-node-ip': mainAddressOf(machine),
      'flannel.alpha.coreos.com/backend-type': 'vxlan',
      'flannel.alpha.coreos.com/kube-subnet-manager': 'true',
      'flannel.alpha.coreos.com/public-ip': mainAddressOf(machine),
      'k3s.io/hostname': nodeName,
      'k3s.io/internal-ip': mainAddressOf(machine),
      'k3s.io/node-args': JSON.stringify([isServer ? 'server' : 'agent']),
    },
    taints: unit === undefined ? [] : k3sOptions(machine, unit, 'node-taint').map(readTaint),
  }
}

const ofKubeadm = (machine: Machine): NodeMarks => {
  const isControlPlane = machine.role === 'control-plane' || machine.role === 'master'
  return {
    labels: isControlPlane
      ? {
          'node-role.kubernetes.io/control-plane': '',
          'node.kubernetes.io/exclude-from-external-load-balancers': '',
        }
      : {},
    annotations: { 'kubeadm.alpha.kubernetes.io/cri-socket': `unix://${machine.runtime?.socket ?? ''}` },
    taints: isControlPlane ? [{ effect: 'NoSchedule', key: 'node-role.kubernetes.io/control-plane' }] : [],
  }
}

/** The marks that a node has from k3s, or else from kubeadm. */
export const nodeMarksOf = (machine: Machine, nodeName: string): NodeMarks =>
  k3sUnitOf(machine) === undefined ? ofKubeadm(machine) : ofK3s(machine, nodeName)
