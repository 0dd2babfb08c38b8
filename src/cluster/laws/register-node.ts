import { listObjects, putObject } from '../kube/store.ts'
import { mainAddressOf } from '../relations/find-machine.ts'
import { flagsInText } from '../relations/flags.ts'
import { nodeMarksOf } from '../relations/k3s/node-labels.ts'
import type { KubeObject } from '../world/kube-object.ts'
import type { World } from '../world/world.ts'
import type { Kubelet } from './kubelet.ts'

/** The first pod range of the cluster that no node has. */
const freeRange = (world: World): number => {
  const taken = new Set(
    listObjects(world.kube, 'Node').map(node => Number(node.spec?.podCIDR?.split('.')[2])),
  )
  let index = 0
  while (taken.has(index)) index += 1
  return index
}

/** The labels that the kubelet's flag `--node-labels` gives its node. */
const labelsFor = ({ unit }: Kubelet): Record<string, string> =>
  Object.fromEntries(
    (flagsInText(unit.execStart)['node-labels'] ?? '')
      .split(',')
      .filter(label => label.includes('='))
      .map(label => [label.slice(0, label.indexOf('=')), label.slice(label.indexOf('=') + 1)]),
  )

/** Registers a node that the API server does not have: somebody deleted it, or it is new. */
export const register = (kubelet: Kubelet): KubeObject => {
  const { world, machine, host, nodeName } = kubelet
  const { labels, annotations, taints } = nodeMarksOf(machine, nodeName)
  const index = freeRange(world)
  const prefix = world.kube.podCidr.split('.').slice(0, 2).join('.')
  return putObject(world, {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name: nodeName,
      labels: {
        'beta.kubernetes.io/arch': 'amd64',
        'beta.kubernetes.io/os': 'linux',
        'kubernetes.io/arch': 'amd64',
        'kubernetes.io/hostname': nodeName,
        'kubernetes.io/os': 'linux',
        ...labelsFor(kubelet),
        ...labels,
      },
      annotations: {
        ...annotations,
        'node.alpha.kubernetes.io/ttl': '0',
        'volumes.kubernetes.io/controller-managed-attach-detach': 'true',
      },
    },
    spec: {
      podCIDR: `${prefix}.${index}.0/24`,
      podCIDRs: [`${prefix}.${index}.0/24`],
      ...(taints.length === 0 ? {} : { taints }),
    },
    status: {
      addresses: [
        { address: mainAddressOf(host), type: 'InternalIP' },
        { address: nodeName, type: 'Hostname' },
      ],
    },
  })
}
