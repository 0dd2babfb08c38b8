import { ACTIVE_FILES, kernelMemoryOf, STACK_BYTES } from '../relations/kernel-memory.ts'
import { inPages } from '../relations/page-sizes.ts'
import type { Process } from '../relations/processes.ts'
import { anonymousBytes, mappedBytes, tableBytes } from '../relations/resident-memory.ts'
import type { Machine } from '../world/machine.ts'
import { isBelow } from './paths.ts'

type Sizes = {
  readonly anon: number
  readonly file: number
  readonly stacks: number
  readonly tables: number
  readonly shared: number
  readonly mapped: number
  readonly reclaimable: number
  readonly unreclaimable: number
}

/** memory.stat, see the kernel's text on cgroup v2, as far as it tells of sizes. */
const statOf = (sizes: Sizes): string => {
  const { anon, file, stacks, tables, shared, mapped, reclaimable, unreclaimable } = sizes
  const active = inPages((file - shared) * ACTIVE_FILES)
  const rows: readonly (readonly [string, number])[] = [
    ['anon', anon],
    ['file', file],
    ['kernel_stack', stacks],
    ['pagetables', tables],
    ['percpu', 0],
    ['sock', 0],
    ['shmem', shared],
    ['file_mapped', mapped],
    ['file_dirty', 0],
    ['file_writeback', 0],
    ['swapcached', 0],
    ['anon_thp', 0],
    ['file_thp', 0],
    ['shmem_thp', 0],
    ['inactive_anon', anon],
    ['active_anon', shared],
    ['inactive_file', file - shared - active],
    ['active_file', active],
    ['unevictable', 0],
    ['slab_reclaimable', reclaimable],
    ['slab_unreclaimable', unreclaimable],
    ['slab', reclaimable + unreclaimable],
  ]
  return rows.map(([name, bytes]) => `${name} ${bytes}`).join('\n')
}

/** How the memory of a control group is made up. */
export const groupMemory = (members: readonly Process[]): string => {
  const sum = (of: (process: Process) => number): number =>
    members.reduce((total, process) => total + of(process), 0)
  const mapped = sum(({ memoryBytes }) => mappedBytes(memoryBytes))
  return statOf({
    anon: sum(({ memoryBytes }) => anonymousBytes(memoryBytes)),
    file: mapped,
    stacks: sum(({ threads }) => threads * STACK_BYTES),
    tables: sum(({ memoryBytes }) => tableBytes(memoryBytes)),
    shared: 0,
    mapped,
    reclaimable: 0,
    unreclaimable: 0,
  })
}

/** How the memory of the whole machine is made up, as the root group tells. */
export const rootMemory = (machine: Machine): string => {
  const bytes = new Map(kernelMemoryOf(machine))
  const of = (label: string): number => bytes.get(label) ?? 0
  return statOf({
    anon: of('AnonPages'),
    file: of('Buffers') + of('Cached'),
    stacks: of('KernelStack'),
    tables: of('PageTables'),
    shared: of('Shmem'),
    mapped: of('Mapped'),
    reclaimable: of('SReclaimable'),
    unreclaimable: of('SUnreclaim'),
  })
}

const KILL = /^oom-kill:.*?(?:,oom_memcg=([^,]*))?,task_memcg=([^,]*),/

/** memory.events of a control group: how often it, or one below it, ran into its limit or lost a process for memory. */
export const memoryEvents = ({ kernelRing }: Machine, group: string): string => {
  const kills = kernelRing.flatMap(({ message }) => {
    const [isKill, limited, of] = KILL.exec(message) ?? []
    return isKill === undefined ? [] : [{ limited, of: of ?? '' }]
  })
  const ran = kills.filter(({ limited }) => limited !== undefined && isBelow(limited, group)).length
  const killed = kills.filter(({ of }) => isBelow(of, group)).length
  return `low 0\nhigh 0\nmax ${ran}\noom ${ran}\noom_kill ${killed}`
}
