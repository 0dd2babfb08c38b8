import { base32Digest } from '../../text/base32-digest.ts'
import type { KubeValue } from '../../world/kube-object.ts'
import type { Machine } from '../../world/machine.ts'
import type { Unit } from '../../world/unit.ts'
import { mainAddressOf } from '../find-machine.ts'
import { k3sOptions, k3sUnitOf } from './k3s-units.ts'

/** What a node has from the program that registers it: labels, annotations and taints. */
export type NodeMarks = {
  readonly labels: Readonly<Record<string, string>>
  readonly annotations: Readonly<Record<string, string>>
  readonly taints: readonly KubeValue[]
  /** By what its provider knows it, where there is one. */
  readonly providerId?: string
}

const readTaint = (text: string): KubeValue => {
  const [head = '', effect = 'NoSchedule'] = text.split(/:(?=[^:]*$)/)
  const [key = '', value] = head.split('=')
  return { effect, key, ...(value === undefined ? {} : { value }) }
}

const MASK = '********'

/** The words that k3s was started with, and its own variables, in JSON as its node tells them: without what is secret. */
const startOf = (unit: Unit | undefined): { readonly args: string; readonly env: string } => {
  const words = (unit?.execStart ?? '').split(/\s+/).slice(1)
  const args = words.map((word, at) => (/^(-t|--(agent-)?token)$/.test(words[at - 1] ?? '') ? MASK : word))
  const own = Object.entries(unit?.environment ?? {}).filter(([name]) => name.startsWith('K3S_'))
  const env = own.map(([name, value]) => [name, /TOKEN$/.test(name) ? MASK : value] as const)
  return {
    args: JSON.stringify(args),
    env: JSON.stringify(Object.fromEntries(env.sort(([a], [b]) => (a < b ? -1 : 1)))),
  }
}

const ofK3s = (machine: Machine, nodeName: string): NodeMarks => {
  const unit = k3sUnitOf(machine)
  const isServer = unit?.service === 'k3s'
  const { args, env } = startOf(unit)
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
      'k3s.io/node-args': args,
      'k3s.io/node-config-hash': `${base32Digest(args + env)}====`,
      'k3s.io/node-env': env,
    },
    providerId: `k3s://${nodeName}`,
    taints: unit === undefined ? [] : k3sOptions(machine, unit, 'node-taint').map(readTaint),
  }
}

const KUBEADM_FLAGS = '/var/lib/kubelet/kubeadm-flags.env'

const ofKubeadm = (machine: Machine): NodeMarks => {
  if (!machine.files.has(KUBEADM_FLAGS)) return { labels: {}, annotations: {}, taints: [] }
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

/** The marks that a node has from k3s or from kubeadm; a kubelet by itself makes none. */
export const nodeMarksOf = (machine: Machine, nodeName: string): NodeMarks =>
  k3sUnitOf(machine) === undefined ? ofKubeadm(machine) : ofK3s(machine, nodeName)
