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

/** The kernel's own threads on a machine with their pids; in a container there are none to be seen. */
export const kernelThreadsOf = ({
  cpu,
  devices,
  virtualization,
}: Machine): readonly (readonly [number, string])[] => {
  if (virtualization === 'lxc') return []
  const cores = Array.from({ length: cpu.cores - 1 }, (_, index) =>
    perCore.map(name => `${name}/${index + 1}`),
  ).flat()
  const journals = devices.filter(({ kind }) => kind === 'part').map(({ name }) => `jbd2/${name}-8`)
  return [...once, ...cores, ...later, ...journals].map((name, index) => [2 + index, name] as const)
}
