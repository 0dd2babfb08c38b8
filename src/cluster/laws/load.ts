import { loadDemand } from '../relations/processor.ts'
import type { Law } from './law.ts'

const WINDOWS_MS = [60_000, 300_000, 900_000] as const

/** The load averages of each machine move towards what its processes ask for, as the kernel's exponential averages do. */
export const loadLaw: Law = (world, passedMs) => {
  if (passedMs === 0) return
  for (const machine of world.machines.values()) {
    if (!machine.isPowered) continue
    const demand = loadDemand(machine)
    for (const [at, windowMs] of WINDOWS_MS.entries()) {
      const before = machine.load[at] ?? 0
      machine.load[at] = demand + (before - demand) * Math.exp(-passedMs / windowMs)
    }
  }
}
