import { writeKernel } from '../journal/write-journal.ts'
import type { Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import { memoryOf } from './memory.ts'

/** What stays of the page cache: pages that processes have mapped. */
const MAPPED_BYTES = 240 * 1024 ** 2
const LEAST_DROPPED = 0.08
const OF_PAGES = 1

type Order = { readonly value: string; readonly program: string; readonly pid: number }

/** Gives back what the kernel keeps of files, as the value asks, and says by whom that was ordered. */
export const dropCaches = (world: World, machine: Machine, { value, program, pid }: Order): void => {
  const number = Number(value)
  if (![1, 2, 3].includes(number)) return
  writeKernel(machine, {
    atMs: world.nowMs,
    priority: 6,
    message: `${program} (${pid}): drop_caches: ${number}`,
  })
  if ((number & OF_PAGES) === 0) return
  const { cache, shared } = memoryOf(machine)
  machine.pageCacheBytes = Math.min((cache - shared) * (1 - LEAST_DROPPED), MAPPED_BYTES)
}
