import { userIdOf } from '../relations/accounts.ts'
import { controlGroupOf } from '../relations/control-group.ts'
import { kernelMemoryOf } from '../relations/kernel-memory.ts'
import { oomAdjustmentOf } from '../relations/oom-adjustment.ts'
import { pagesFor } from '../relations/page-sizes.ts'
import { type Process, processesOf } from '../relations/processes.ts'
import { anonymousBytes, mappedBytes, tableBytes } from '../relations/resident-memory.ts'
import type { Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'

/** The set of processors that the kernel names for a control group: Kubernetes gives each container its own. */
const cpusetOf = (group: string): string =>
  group.startsWith('/kubepods') ? (group.split('/').at(-1) ?? '/') : '/'

/** How the kernel calls a process that it has killed for memory. */
export const killedText = (world: World, machine: Machine, victim: Process): string => {
  const { pid, name, virtualBytes, memoryBytes, user } = victim
  const kib = (bytes: number): string => `${Math.round(bytes / 1024)}kB`
  return `Killed process ${pid} (${name}) total-vm:${kib(virtualBytes)}, anon-rss:${kib(anonymousBytes(memoryBytes))}, file-rss:${kib(mappedBytes(memoryBytes))}, shmem-rss:0kB, UID:${userIdOf(machine, user)} pgtables:${kib(tableBytes(memoryBytes))} oom_score_adj:${oomAdjustmentOf({ world, machine }, victim)}`
}

/** How the kernel names what it kills: in which group, and whose limit was reached where it was not the machine that ran short. */
export const oomKillLine = (machine: Machine, victim: Process, limited?: string): string => {
  const { name, pid, user } = victim
  const group = controlGroupOf(victim)
  const why = limited === undefined ? 'NONE' : 'MEMCG'
  const short = limited === undefined ? 'global_oom' : `oom_memcg=${limited}`
  return `oom-kill:constraint=CONSTRAINT_${why},nodemask=(null),cpuset=${cpusetOf(group)},mems_allowed=0,${short},task_memcg=${group},task=${name},pid=${pid},uid=${userIdOf(machine, user)}`
}

const trace = [
  'show_stack+0x52/0x5c',
  'dump_stack_lvl+0x4a/0x63',
  'dump_stack+0x10/0x16',
  'dump_header+0x53/0x228',
  'oom_kill_process.cold+0xb/0x10',
  'out_of_memory+0x106/0x2e0',
  '__alloc_pages_slowpath.constprop.0+0x97a/0xa40',
  '__alloc_pages+0x30d/0x320',
  'alloc_pages+0x9e/0x1e0',
  '__page_cache_alloc+0x7e/0x90',
  'pagecache_get_page+0x152/0x590',
  'filemap_fault+0x488/0xab0',
  '__do_fault+0x39/0x120',
  'do_fault+0x1d8/0x410',
  '__handle_mm_fault+0x660/0x830',
  'handle_mm_fault+0xd8/0x2c0',
  'do_user_addr_fault+0x1c2/0x660',
  'exc_page_fault+0x77/0x170',
  'asm_exc_page_fault+0x27/0x30',
] as const

/** What the kernel prints of the memory of the whole machine, see `show_free_areas` and `show_mem`. */
const areas = (machine: Machine): readonly string[] => {
  const bytes = new Map(kernelMemoryOf(machine))
  const pages = (label: string): number => pagesFor(bytes.get(label) ?? 0)
  const kib = (label: string): string => `${Math.round((bytes.get(label) ?? 0) / 1024)}kB`
  return [
    'Mem-Info:',
    `active_anon:${pages('Active(anon)')} inactive_anon:${pages('Inactive(anon)')} isolated_anon:0`,
    ` active_file:${pages('Active(file)')} inactive_file:${pages('Inactive(file)')} isolated_file:0`,
    ` unevictable:${pages('Unevictable')} dirty:${pages('Dirty')} writeback:0`,
    ` slab_reclaimable:${pages('SReclaimable')} slab_unreclaimable:${pages('SUnreclaim')}`,
    ` mapped:${pages('Mapped')} shmem:${pages('Shmem')} pagetables:${pages('PageTables')} bounce:0`,
    ' kernel_misc_reclaimable:0',
    ` free:${pages('MemFree')} free_pcp:0 free_cma:0`,
    `Node 0 active_anon:${kib('Active(anon)')} inactive_anon:${kib('Inactive(anon)')} active_file:${kib('Active(file)')} inactive_file:${kib('Inactive(file)')} unevictable:${kib('Unevictable')} isolated(anon):0kB isolated(file):0kB mapped:${kib('Mapped')} dirty:${kib('Dirty')} writeback:0kB shmem:${kib('Shmem')} shmem_thp: 0kB shmem_pmdmapped: 0kB anon_thp: 0kB writeback_tmp:0kB kernel_stack:${kib('KernelStack')} pagetables:${kib('PageTables')} all_unreclaimable? no`,
    'Node 0 hugepages_total=0 hugepages_free=0 hugepages_surp=0 hugepages_size=1048576kB',
    'Node 0 hugepages_total=0 hugepages_free=0 hugepages_surp=0 hugepages_size=2048kB',
    `${pages('Buffers') + pages('Cached')} total pagecache pages`,
    '0 pages in swap cache',
    'Swap cache stats: add 0, delete 0, find 0/0',
    `Free swap  = ${kib('SwapFree')}`,
    `Total swap = ${kib('SwapTotal')}`,
    `${pages('MemTotal')} pages RAM`,
    '0 pages HighMem/MovableOnly',
    '0 pages cma reserved',
    '0 pages hwpoisoned',
  ]
}

/** The row of a process in the kernel's list, see `dump_task`. */
const rowOf = (world: World, machine: Machine, process: Process): string => {
  const { pid, virtualBytes, memoryBytes, name, user } = process
  const adjustment = oomAdjustmentOf({ world, machine }, process)
  const right = (value: number | string, width: number): string => String(value).padStart(width)
  return `[${right(pid, 7)}] ${right(userIdOf(machine, user), 5)} ${right(pid, 5)} ${right(pagesFor(virtualBytes), 8)} ${right(pagesFor(memoryBytes), 8)} ${right(tableBytes(memoryBytes), 8)} ${right(0, 8)}         ${right(adjustment, 5)} ${name}`
}

/** What the kernel says before it kills a process for memory: who asked for it, how memory is used, and who has it. */
export const oomDump = (world: World, machine: Machine, victim: Process): readonly string[] => [
  `${victim.name} invoked oom-killer: gfp_mask=0x1100cca(GFP_HIGHUSER_MOVABLE), order=0, oom_score_adj=${oomAdjustmentOf({ world, machine }, victim)}`,
  `CPU: ${victim.pid % machine.cpu.cores} PID: ${victim.pid} Comm: ${victim.name} Not tainted ${machine.os.kernel} ${machine.os.kernelVersion.split(' ')[0]}`,
  'Call Trace:',
  ' <TASK>',
  ...trace.map(frame => ` ${frame}`),
  ' </TASK>',
  ...areas(machine),
  'Tasks state (memory values in pages):',
  '[  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name',
  ...processesOf(world, machine)
    .filter(({ kind }) => kind !== 'init' && kind !== 'kernel')
    .map(process => rowOf(world, machine, process)),
]

/** A process that takes more than a control group may have. */
type Overrun = { readonly victim: Process; readonly limited: string; readonly limitBytes: number }

/** What the kernel says where it kills a process because a control group has reached its limit. */
export const groupOomLines = (
  world: World,
  machine: Machine,
  { victim, limited, limitBytes }: Overrun,
): readonly string[] => {
  const limit = `${Math.round(limitBytes / 1024)}kB`
  const held = { ...victim, memoryBytes: Math.min(victim.memoryBytes, limitBytes) }
  return [
    `${victim.name} invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=${oomAdjustmentOf({ world, machine }, victim)}`,
    `memory: usage ${limit}, limit ${limit}, failcnt 112`,
    oomKillLine(machine, victim, limited),
    `Memory cgroup out of memory: ${killedText(world, machine, held)}`,
  ]
}
