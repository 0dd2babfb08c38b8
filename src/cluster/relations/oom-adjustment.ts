import type { Process } from './processes.ts'

type Weighed = Pick<Process, 'kind' | 'name' | 'unit'>

const OF_SANDBOX = -998

/** How the kernel weighs a process when memory runs out; what runs containers is protected as its unit file asks. */
export const oomAdjustmentOf = ({ kind, name, unit }: Weighed): number => {
  if (kind === 'init' || kind === 'kernel') return -1_000
  if (kind === 'shim' || kind === 'pause') return OF_SANDBOX
  if (unit !== undefined && /^(containerd|kubelet|dockerd)$/.test(name)) return -999
  return unit !== undefined && /^(sshd|systemd-)/.test(name) ? -1_000 : 0
}

/** Whether the kernel looks for another victim as long as there is one. */
export const isSpared = (process: Weighed): boolean => oomAdjustmentOf(process) <= OF_SANDBOX
