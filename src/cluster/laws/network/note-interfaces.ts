import { noteWrite } from '../../kube/managed-fields.ts'
import { uidOf } from '../../kube/pod.ts'
import { getObject, touchObject } from '../../kube/store.ts'
import { sandboxOf } from '../../relations/pods.ts'
import type { Sandbox } from '../../world/container.ts'
import type { Machine } from '../../world/machine.ts'
import type { World } from '../../world/world.ts'

const OF_CALICO = 'cni.projectcalico.org'

/** Notes on a pod the address that Calico's plugin gave its sandbox, none for one that it has taken it from. */
const noteAddress = (world: World, sandbox: Sandbox): void => {
  const pod = getObject(world.kube, { ...sandbox, kind: 'Pod' })
  if (pod === undefined || uidOf(pod) !== sandbox.kubeUid) return
  const before = { ...pod, metadata: { ...pod.metadata } }
  const address = sandbox.address === undefined ? '' : `${sandbox.address}/32`
  pod.metadata.annotations = {
    ...pod.metadata.annotations,
    [`${OF_CALICO}/containerID`]: sandbox.id,
    [`${OF_CALICO}/podIP`]: address,
    [`${OF_CALICO}/podIPs`]: address,
  }
  touchObject(world, pod)
  const atMs = sandbox.address === undefined ? world.nowMs : sandbox.createdMs
  noteWrite(world.kube, pod, { manager: 'calico', operation: 'Update', part: 'status', atMs, before })
}

/** Lets Calico's plugin note which pods of a machine it has just given an interface, and from which it has taken theirs. */
export const noteInterfaces = (world: World, machine: Machine): void => {
  for (const sandbox of machine.runtime?.sandboxes ?? []) {
    if (sandbox.isHostNetwork) continue
    if (sandbox.state === 'ready' && sandbox.isWired !== true) noteAddress(world, sandbox)
    if (sandbox.state === 'ready' || sandbox.isWired === false) continue
    sandbox.isWired = false
    if (sandboxOf(machine, sandbox.kubeUid) === sandbox) noteAddress(world, sandbox)
  }
}
