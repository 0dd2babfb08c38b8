import type { Machine } from '../world/machine.ts'
import { freeMemoryOf } from './pressures.ts'

/** What a node uses by its kubelet's figures: thousandths of a core, and bytes. */
export const nodeUseOf = (
  host: Machine,
  cores: number = host.cpu.cores,
): { readonly cpuMillis: number; readonly memoryBytes: number } => ({
  cpuMillis: Math.round(Math.min(host.load[0], cores) * 1000 * 0.8),
  memoryBytes: host.memoryBytes - freeMemoryOf(host),
})
