import type { Machine } from '../world/machine.ts'
import { freeMemoryOf } from './pressures.ts'

/** What those that run leave of the processors while few want them; a machine that is full uses nearly all. */
const IDLE_SHARE = 0.2

/** What a node uses by its kubelet's figures: thousandths of a core, and bytes. */
export const nodeUseOf = (
  host: Machine,
  cores: number = host.cpu.cores,
): { readonly cpuMillis: number; readonly memoryBytes: number } => {
  const wanted = Math.min(host.load[0], cores)
  const idle = IDLE_SHARE * (1 - Math.min(0.97, wanted / cores))
  return {
    cpuMillis: Math.round(wanted * 1000 * (1 - idle)),
    memoryBytes: Math.round(host.memoryBytes - freeMemoryOf(host)),
  }
}
