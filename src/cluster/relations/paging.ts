import type { Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'

/** How long one waits for a page when the kernel has to look for it. */
const STALL_US = 1_900

/** Of so many faults one has to read from a disk. */
export const FAULTS_OF_MAJOR = 9_000

/** How many pages the kernel looks at for each that somebody waits for, and how many it takes. */
export const SCANNED = { kswapd: 210, direct: 71 } as const
export const TAKEN = { kswapd: 96, direct: 34 } as const

const RATES = { in: 14, out: 166, faults: 2_140 } as const

/** How often somebody has waited for a page since the boot. */
export const pageStalls = ({ stalls }: Machine): number =>
  Math.round((stalls?.memory?.totalUs ?? 0) / STALL_US)

/** What a machine pages a second: kibibytes in and out, faults, and waits for a page by how much is stalled now. */
export const pagingRates = ({
  stalls,
}: Machine): {
  readonly in: number
  readonly out: number
  readonly faults: number
  readonly stalls: number
} => ({ ...RATES, stalls: ((stalls?.memory?.averages[0] ?? 0) * 10_000) / STALL_US })

/** How many faults there were since the boot, and for how many of them something was read. */
export const pageFaultsOf = (
  { nowMs }: Pick<World, 'nowMs'>,
  machine: Machine,
): { readonly all: number; readonly major: number } => {
  const all = Math.round((nowMs - machine.bootedMs) / 1000) * RATES.faults
  return { all, major: Math.round(all / FAULTS_OF_MAJOR) + pageStalls(machine) }
}
