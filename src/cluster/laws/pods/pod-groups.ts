import { uidOf } from '../../kube/pod.ts'
import { podGroup } from '../../kube/quality-class.ts'
import { inStep } from '../../relations/in-step.ts'
import { kubeletDriver } from '../../relations/pod-group.ts'
import { sandboxOf } from '../../relations/pods.ts'
import type { KubeObject } from '../../world/kube-object.ts'
import type { Kubelet } from '../kubelet.ts'
import { endSandbox } from './create-parts.ts'
import { endContainers, isStillEnding, runningOf } from './end-containers.ts'
import { saySandboxStopped, sayStopped } from './runtime-ends.ts'

const driverOf = ({ world, machine }: Kubelet) =>
  inStep(world, `driver of ${machine.name}`, () => kubeletDriver(machine))

/** Ends the containers of a pod whose time is over, with the sandbox that they ran in. */
const killPod = (kubelet: Kubelet, pod: KubeObject): void => {
  const running = runningOf(kubelet, pod)
  endContainers(kubelet, pod)
  for (const container of running) sayStopped(kubelet, container)
  const sandbox = sandboxOf(kubelet.machine, uidOf(pod))
  if (sandbox !== undefined) saySandboxStopped(kubelet, sandbox)
  endSandbox(kubelet.machine, uidOf(pod))
}

/** Whether a pod has its control group under the name that its kubelet gives it. One whose containers run without it is ended first, and made anew in it. */
export const hasPodGroup = (kubelet: Kubelet, pod: KubeObject): boolean => {
  const { world, machine } = kubelet
  const { runtime } = machine
  if (runtime === undefined) return false
  const uid = uidOf(pod)
  const driver = driverOf(kubelet)
  const made = runtime.podGroups?.[uid]
  if (made?.[driver] !== undefined) return true
  if (isStillEnding(kubelet, pod)) return false
  const group = { path: podGroup(pod, driver), madeMs: world.nowMs }
  runtime.podGroups = { ...runtime.podGroups, [uid]: { ...made, [driver]: group } }
  if (runningOf(kubelet, pod).length > 0) killPod(kubelet, pod)
  return true
}

/** Takes away the control groups of all pods but those by these uids; what lies under other names than its own a kubelet does not know. */
export const cleanPodGroups = (kubelet: Kubelet, kept: ReadonlySet<string>): void => {
  for (const [uid, made] of Object.entries(kubelet.machine.runtime?.podGroups ?? {}))
    if (!kept.has(uid)) delete made[driverOf(kubelet)]
}
