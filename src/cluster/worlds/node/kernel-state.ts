import type { KernelModule, OperatingSystem } from '../../world/machine.ts'

type Row = readonly [name: string, sizeBytes: number, usedBy?: string]

const nodeModules: readonly Row[] = [
  ['vxlan', 86_016],
  ['ipip', 20_480],
  ['xt_set', 20_480],
  ['ip_set', 53_248, 'xt_set'],
  ['ip_vs', 172_032, 'ip_vs_rr,ip_vs_sh,ip_vs_wrr'],
  ['ip_vs_rr', 16_384],
  ['ip_vs_wrr', 16_384],
  ['ip_vs_sh', 16_384],
  ['xt_comment', 16_384],
  ['xt_mark', 16_384],
  ['xt_conntrack', 16_384],
  ['xt_MASQUERADE', 20_480],
  ['nf_conntrack_netlink', 49_152],
  ['xt_addrtype', 16_384],
  ['iptable_nat', 16_384],
  ['iptable_filter', 16_384],
  ['nf_nat', 49_152, 'xt_MASQUERADE,iptable_nat'],
  ['nf_conntrack', 172_032, 'xt_conntrack,nf_nat,nf_conntrack_netlink,xt_MASQUERADE,ip_vs'],
  ['nf_defrag_ipv6', 24_576, 'nf_conntrack,ip_vs'],
  ['nf_defrag_ipv4', 16_384, 'nf_conntrack'],
  ['br_netfilter', 32_768],
  ['bridge', 307_200, 'br_netfilter'],
  ['stp', 16_384, 'bridge'],
  ['llc', 16_384, 'bridge,stp'],
  ['overlay', 151_552],
]

const serverModules: readonly Row[] = [
  ['tls', 114_688],
  ['dm_multipath', 40_960],
  ['scsi_dh_rdac', 20_480],
  ['scsi_dh_emc', 16_384],
  ['scsi_dh_alua', 20_480],
  ['kvm_intel', 372_736],
  ['kvm', 1_032_192, 'kvm_intel'],
  ['joydev', 32_768],
  ['input_leds', 16_384],
  ['serio_raw', 20_480],
  ['qemu_fw_cfg', 20_480],
  ['mac_hid', 16_384],
  ['sch_fq_codel', 20_480],
  ['ramoops', 32_768],
  ['efi_pstore', 16_384],
  ['ip_tables', 32_768, 'iptable_filter,iptable_nat'],
  ['x_tables', 53_248, 'xt_conntrack,iptable_filter,xt_addrtype,xt_comment,ip_tables,xt_MASQUERADE,xt_mark'],
  ['autofs4', 49_152],
  ['btrfs', 1_564_672],
  ['raid6_pq', 122_880, 'btrfs'],
  ['xor', 24_576, 'btrfs'],
  ['libcrc32c', 16_384, 'nf_conntrack,nf_nat,btrfs,ip_vs'],
  ['crct10dif_pclmul', 16_384],
  ['aesni_intel', 376_832],
  ['psmouse', 176_128],
  ['virtio_net', 61_440],
  ['virtio_blk', 20_480],
  ['virtio_scsi', 24_576],
  ['virtio_rng', 16_384],
]

const create = (rows: readonly Row[]): KernelModule[] => {
  const names = new Set(rows.map(([name]) => name))
  return rows.map(([name, sizeBytes, usedBy = '']) => ({
    name,
    sizeBytes,
    usedBy: usedBy.split(',').filter(user => names.has(user)),
  }))
}

/** The kernel modules of a machine that carries containers. */
export const createModules = (): KernelModule[] => create([...nodeModules, ...serverModules])

const serverSysctls = (memoryBytes: number): readonly (readonly [string, string])[] => [
  ['fs.aio-max-nr', '65536'],
  ['fs.file-max', '9223372036854775807'],
  ['fs.inotify.max_queued_events', '16384'],
  ['fs.inotify.max_user_instances', '128'],
  ['fs.inotify.max_user_watches', String(Math.min(1_048_576, Math.round(memoryBytes / 140_000)))],
  ['fs.nr_open', '1048576'],
  ['kernel.hung_task_timeout_secs', '120'],
  ['kernel.keys.maxkeys', '200'],
  ['kernel.panic', '0'],
  ['kernel.panic_on_oops', '0'],
  ['kernel.pid_max', '4194304'],
  ['kernel.sysrq', '176'],
  ['kernel.threads-max', String(Math.round(memoryBytes / 131_072))],
  ['net.core.netdev_max_backlog', '1000'],
  ['net.core.rmem_max', '212992'],
  ['net.core.somaxconn', '4096'],
  ['net.core.wmem_max', '212992'],
  ['vm.nr_hugepages', '0'],
  ['net.ipv4.conf.all.forwarding', '0'],
  ['net.ipv4.conf.all.rp_filter', '2'],
  ['net.ipv4.conf.default.rp_filter', '2'],
  ['net.ipv4.ip_forward', '0'],
  ['net.ipv4.ip_local_port_range', '32768\t60999'],
  ['net.ipv4.neigh.default.gc_thresh1', '128'],
  ['net.ipv4.neigh.default.gc_thresh2', '512'],
  ['net.ipv4.neigh.default.gc_thresh3', '1024'],
  ['net.ipv4.icmp_echo_ignore_all', '0'],
  ['net.ipv4.icmp_echo_ignore_broadcasts', '1'],
  ['net.ipv4.tcp_fin_timeout', '60'],
  ['net.ipv4.tcp_keepalive_time', '7200'],
  ['net.ipv4.tcp_max_syn_backlog', '1024'],
  ['net.ipv4.tcp_retries2', '15'],
  ['net.ipv4.tcp_syn_retries', '6'],
  ['net.ipv4.tcp_syncookies', '1'],
  ['net.ipv4.tcp_tw_reuse', '2'],
  ['net.ipv6.conf.all.disable_ipv6', '0'],
  ['net.ipv6.conf.all.forwarding', '0'],
  ['vm.dirty_background_ratio', '10'],
  ['vm.dirty_ratio', '20'],
  ['vm.drop_caches', '0'],
  ['vm.max_map_count', '65530'],
  ['vm.min_free_kbytes', '67584'],
  ['vm.overcommit_memory', '0'],
  ['vm.panic_on_oom', '0'],
  ['vm.swappiness', '60'],
]

const nodeSysctls: readonly (readonly [string, string])[] = [
  ['kernel.panic', '10'],
  ['kernel.panic_on_oops', '1'],
  ['net.bridge.bridge-nf-call-arptables', '1'],
  ['net.bridge.bridge-nf-call-ip6tables', '1'],
  ['net.bridge.bridge-nf-call-iptables', '1'],
  ['net.ipv4.conf.all.forwarding', '1'],
  ['net.ipv4.ip_forward', '1'],
  ['net.netfilter.nf_conntrack_buckets', '262144'],
  ['net.netfilter.nf_conntrack_max', '262144'],
  ['net.netfilter.nf_conntrack_tcp_timeout_close_wait', '3600'],
  ['net.netfilter.nf_conntrack_tcp_timeout_established', '86400'],
  ['vm.overcommit_memory', '1'],
]

/** The kernel parameters of a machine that carries containers: with what its sysctl.d and the kubelet set. */
export const createSysctls = (memoryBytes: number, os: OperatingSystem): Map<string, string> =>
  new Map([
    ...serverSysctls(memoryBytes),
    ...nodeSysctls,
    // systemd raises the first only since 243, the kernel the second since 5.4.
    ...(os.id === 'centos'
      ? ([
          ['kernel.pid_max', '32768'],
          ['net.core.somaxconn', '128'],
        ] as const)
      : []),
  ])

/** The settings that make a node's modules and parameters outlive a boot. */
export const nodeSettings: Readonly<Record<string, string>> = {
  '/etc/modules-load.d/k8s.conf': 'overlay\nbr_netfilter\n',
  '/etc/sysctl.d/99-kubernetes-cri.conf':
    'net.bridge.bridge-nf-call-iptables  = 1\nnet.bridge.bridge-nf-call-ip6tables = 1\nnet.ipv4.ip_forward                 = 1\n',
}
