import { releaseOfUnit } from '../gravity/versions.ts'
import type { Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'

/** The version of the kubelet of a host: what its Planet brings, else the cluster's. */
export const kubeletVersionOf = ({ kube }: World, host: Machine): string => {
  const unit = [...host.units.values()].find(({ service }) => service === 'planet')
  return releaseOfUnit(unit?.name ?? '')?.kubernetes ?? kube.version
}
