import type { KubeObject } from '../../world/kube-object.ts'
import { type Kubelet, kubeletReports } from '../kubelet.ts'

const KILLED = /^Out of memory: Killed process (\d+) \((.+?)\)/
const TOLD = 'systemOom'

/** A kubelet reads in the kernel's messages that memory ran out on its whole machine, and tells the victims. */
export const tellSystemKills = (kubelet: Kubelet, node: KubeObject): void => {
  const { machine, host, unit } = kubelet
  const timers = machine.runtime?.timers ?? {}
  const sinceMs = Math.max(timers[TOLD] ?? 0, unit.startedMs ?? 0)
  for (const { atMs, message } of host.kernelRing) {
    const [, pid, name] = atMs > sinceMs ? (KILLED.exec(message) ?? []) : []
    if (pid === undefined) continue
    timers[TOLD] = atMs
    kubeletReports(kubelet, node, {
      type: 'Warning',
      reason: 'SystemOOM',
      message: `System OOM encountered, victim process: ${name}, pid: ${pid}`,
    })
  }
}
