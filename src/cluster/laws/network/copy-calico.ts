import { clusterHosts } from '../../relations/cluster-hosts.ts'
import { installCalico } from '../../worlds/kube/node-files.ts'
import type { Law } from '../law.ts'

/** Calico's installer, which runs before its agent, copies the settings of the network and its plugins each time it ends well. */
export const copyCalico: Law = (world, passedMs) => {
  const sinceMs = world.nowMs - passedMs
  for (const { machine } of clusterHosts(world)) {
    const hasInstalled = machine.runtime?.containers.some(
      ({ name, exitCode, finishedMs = 0 }) =>
        name === 'install-cni' && exitCode === 0 && finishedMs > sinceMs,
    )
    if (hasInstalled === true) installCalico(machine, world.nowMs)
  }
}
