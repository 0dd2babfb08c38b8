import { minorOf } from '../../kube/minor-version.ts'
import { uidOf } from '../../kube/pod.ts'
import { sandboxOf } from '../../relations/pods.ts'
import type { Sandbox } from '../../world/container.ts'
import type { KubeObject } from '../../world/kube-object.ts'
import { type Kubelet, kubeletSays } from '../kubelet.ts'
import { endSandbox } from './create-parts.ts'
import { releaseLines } from './pod-lines.ts'
import { saySandboxStopped } from './runtime-ends.ts'

type Teller = Pick<Kubelet, 'world' | 'machine' | 'unit' | 'nodeName'>

/** The first release that logs in this way what it lets go. */
export const TELLS_RELEASE = 24

/** Tells of the volumes of a pod that its kubelet lets go. */
export const sayVolumesReleased = (kubelet: Teller, pod: KubeObject): void => {
  if (minorOf(kubelet.world) < TELLS_RELEASE) return
  for (const line of releaseLines(pod, kubelet.nodeName)) kubeletSays(kubelet, 'I', line)
}

/** Tells how a pod that has finished lets go of a sandbox that was ready, and of its volumes. */
export const sayFinished = (kubelet: Teller, pod: KubeObject, sandbox: Sandbox): void => {
  saySandboxStopped(kubelet, { ...sandbox, state: 'ready' })
  sayVolumesReleased(kubelet, pod)
}

/** Takes its sandbox and its volumes from a pod whose containers have ended for good. */
export const finishPod = (kubelet: Kubelet, pod: KubeObject): void => {
  const uid = uidOf(pod)
  const sandbox = sandboxOf(kubelet.machine, uid)
  if (sandbox?.state === 'ready') sayFinished(kubelet, pod, sandbox)
  endSandbox(kubelet.machine, uid)
}
