import type { Machine } from '../../world/machine.ts'
import type { World } from '../../world/world.ts'

/** What a cluster is built from. */
export type KubeSetup = {
  readonly world: World
  readonly controlPlanes: readonly Machine[]
  readonly workers: readonly Machine[]
  /** When `kubeadm init` ran. */
  readonly createdMs: number
  readonly clusterName: string
  /** `https://10.0.4.11:6443` */
  readonly apiUrl: string
  readonly registryHost: string
}

/** All machines of a cluster. */
export const machinesOf = ({ controlPlanes, workers }: KubeSetup): readonly Machine[] => [
  ...controlPlanes,
  ...workers,
]

/** The first address that services have: the API server's own. */
export const kubernetesServiceIp = (world: World): string => {
  const [a, b, c, d] = (world.kube.serviceCidr.split('/')[0] ?? '').split('.')
  return `${a}.${b}.${c}.${Number(d) + 1}`
}
