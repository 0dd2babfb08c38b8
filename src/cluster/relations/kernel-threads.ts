import type { Machine } from '../world/machine.ts'

const once = [
  'kthreadd',
  'rcu_gp',
  'rcu_par_gp',
  'slub_flushwq',
  'netns',
  'kworker/0:0H-events_highpri',
  'mm_percpu_wq',
  'rcu_tasks_rude_',
  'rcu_tasks_trace',
  'ksoftirqd/0',
  'rcu_sched',
  'migration/0',
  'idle_inject/0',
  'cpuhp/0',
] as const
const perCore = ['cpuhp', 'idle_inject', 'migration', 'ksoftirqd'] as const
const later = [
  'kdevtmpfs',
  'inet_frag_wq',
  'kauditd',
  'khungtaskd',
  'oom_reaper',
  'writeback',
  'kcompactd0',
  'ksmd',
  'khugepaged',
  'kintegrityd',
  'kblockd',
  'blkcg_punt_bio',
  'tpm_dev_wq',
  'ata_sff',
  'md',
  'edac-poller',
  'devfreq_wq',
  'watchdogd',
  'kworker/0:1H-kblockd',
  'kswapd0',
  'ecryptfs-kthrea',
  'kthrotld',
  'acpi_thermal_pm',
  'scsi_eh_0',
  'scsi_tmf_0',
  'mld',
  'ipv6_addrconf',
  'kstrp',
  'zswap-shrink',
  'charger_manager',
  'kworker/u17:0-events_unbound',
] as const

const onceBefore4 = [
  'kthreadd',
  'ksoftirqd/0',
  'kworker/0:0H',
  'migration/0',
  'rcu_bh',
  'rcu_sched',
  'lru-add-drain',
  'watchdog/0',
] as const
const perCoreBefore4 = ['watchdog', 'migration', 'ksoftirqd', 'kworker'] as const
const laterBefore4 = [
  'kdevtmpfs',
  'netns',
  'khungtaskd',
  'writeback',
  'kintegrityd',
  'bioset',
  'bioset',
  'bioset',
  'kblockd',
  'md',
  'edac-poller',
  'watchdogd',
  'kswapd0',
  'ksmd',
  'khugepaged',
  'crypto',
  'kthrotld',
  'kmpath_rdacd',
  'kaluad',
  'kpsmoused',
  'ipv6_addrconf',
  'deferwq',
  'kauditd',
  'ata_sff',
  'scsi_eh_0',
  'scsi_tmf_0',
  'kworker/0:1H',
  'ext4-rsv-conver',
] as const

const namesBefore4 = ({ cpu, devices }: Machine): readonly string[] => [
  ...onceBefore4,
  ...Array.from({ length: cpu.cores - 1 }, (_, index) =>
    perCoreBefore4.map(name => `${name}/${index + 1}${name === 'kworker' ? ':0H' : ''}`),
  ).flat(),
  ...laterBefore4,
  ...devices.filter(({ kind }) => kind === 'part').map(({ name }) => `jbd2/${name}-8`),
]

/** The kernel's own threads on a machine with their pids; in a container there are none to be seen. */
export const kernelThreadsOf = (machine: Machine): readonly (readonly [number, string])[] => {
  const { cpu, devices, virtualization } = machine
  if (virtualization === 'lxc') return []
  if (machine.os.kernel.startsWith('3.'))
    return namesBefore4(machine).map((name, index) => [2 + index, name] as const)
  const cores = Array.from({ length: cpu.cores - 1 }, (_, index) =>
    perCore.map(name => `${name}/${index + 1}`),
  ).flat()
  const journals = devices.filter(({ kind }) => kind === 'part').map(({ name }) => `jbd2/${name}-8`)
  return [...once, ...cores, ...later, ...journals].map((name, index) => [2 + index, name] as const)
}
