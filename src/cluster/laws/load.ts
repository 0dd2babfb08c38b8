import { LOAD_WINDOWS_MS, loadDemand, loadLevel } from '../relations/processor.ts'
import { spendProcessorTime } from '../relations/processor-time.ts'
import type { Law } from './law.ts'

/** Processors spend their time. The load averages of each machine move towards what its processes ask for, as the kernel's exponential averages do. */
export const loadLaw: Law = (world, passedMs) => {
  if (passedMs === 0) return
  for (const machine of world.machines.values()) {
    if (!machine.isPowered) continue
    spendProcessorTime(world, machine, passedMs)
    const demand = loadDemand(machine)
    for (const [at, windowMs] of LOAD_WINDOWS_MS.entries()) {
      const level = (atMs: number): number => loadLevel(machine, { demand, windowMs, atMs })
      const apart = (machine.load[at] ?? 0) - level(world.nowMs - passedMs)
      machine.load[at] = Math.max(0, level(world.nowMs) + apart * Math.exp(-passedMs / windowMs))
    }
  }
}
