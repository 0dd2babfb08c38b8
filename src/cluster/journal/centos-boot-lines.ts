import { hostnameOf } from '../relations/hostname.ts'
import type { Machine } from '../world/machine.ts'
import { type BootLine, commandLineOf, disksOf, pages } from './boot-line.ts'

const mountedLine = (device: string, type: string): string =>
  `${type.toUpperCase()}-fs (${device.replace('/dev/', '')}): mounted filesystem with ordered data mode. Opts: (null)`

/** What the kernel of CentOS 7 says before it has its disks. */
const earlyLines = (machine: Machine): readonly BootLine[] => {
  const { os, cpu, memoryBytes } = machine
  const kib = Math.round(memoryBytes / 1024)
  return [
    [0, 'Initializing cgroup subsys cpuset'],
    [0, 'Initializing cgroup subsys cpu'],
    [0, 'Initializing cgroup subsys cpuacct'],
    [
      0,
      `Linux version ${os.kernel} (mockbuild@kbuilder.bsys.centos.org) (gcc version 4.8.5 20150623 (Red Hat 4.8.5-36) (GCC) ) ${os.kernelVersion}`,
    ],
    [0, `Command line: ${commandLineOf(machine)}`],
    [0, 'e820: BIOS-provided physical RAM map:'],
    [0, 'BIOS-e820: [mem 0x0000000000000000-0x000000000009fbff] usable'],
    [0, 'NX (Execute Disable) protection: active'],
    [0, 'SMBIOS 2.8 present.'],
    [0, 'DMI: QEMU Standard PC (Q35 + ICH9, 2009), BIOS 1.15.0-1 04/01/2014'],
    [0, 'Hypervisor detected: KVM'],
    [0, `e820: last_pfn = 0x${pages(memoryBytes).toString(16)} max_arch_pfn = 0x400000000`],
    [0, 'Using GB pages for direct mapping'],
    [
      0,
      `Memory: ${Math.round(kib * 0.96)}k/${Math.round(kib * 1.024)}k available (7664k kernel code, 524k absent, 172864k reserved, 6055k data, 1876k init)`,
    ],
    [0, 'Hierarchical RCU implementation.'],
    [0, `\tRCU restricting CPUs from NR_CPUS=5120 to nr_cpu_ids=${cpu.cores}.`],
    [0, 'tsc: Detected 2095.078 MHz processor'],
    [0.02, 'Security Framework initialized'],
    [0.02, `SELinux:  ${machine.selinux === 'disabled' ? 'Disabled at boot.' : 'Initializing.'}`],
    [0.03, 'Initializing cgroup subsys memory'],
    [0.03, 'Initializing cgroup subsys devices'],
    [0.03, 'Initializing cgroup subsys freezer'],
    [0.03, 'Initializing cgroup subsys net_cls'],
    [0.03, 'Initializing cgroup subsys blkio'],
    [0.03, 'Initializing cgroup subsys perf_event'],
    [0.03, 'Initializing cgroup subsys hugetlb'],
    [0.03, 'Initializing cgroup subsys pids'],
    [0.03, 'Initializing cgroup subsys net_prio'],
    [0.09, `smpboot: CPU0: ${cpu.model} (fam: 06, model: 55, stepping: 07)`],
    [0.2, `Brought up ${cpu.cores} CPUs`],
    [0.3, 'NET: Registered protocol family 16'],
    [0.5, 'SCSI subsystem initialized'],
  ]
}

const lateLines = (machine: Machine): readonly BootLine[] => {
  const { filesystems } = machine
  return [
    [0.9, 'Freeing unused kernel memory: 1876k freed'],
    [
      1.1,
      'systemd[1]: systemd 219 running in system mode. (+PAM +AUDIT +SELINUX +IMA -APPARMOR +SMACK +SYSVINIT +UTMP +LIBCRYPTSETUP +GCRYPT +GNUTLS +ACL +XZ +LZ4 -SECCOMP +BLKID +ELFUTILS +KMOD +IDN)',
    ],
    [1.1, 'systemd[1]: Detected virtualization kvm.'],
    [1.1, `systemd[1]: Set hostname to <${hostnameOf(machine)}>.`],
    ...disksOf(machine).map(
      (disk, at) => [1.4 + at / 10, `sd ${at}:0:0:0: [${disk}] Attached SCSI disk`] as const,
    ),
    [2.2, mountedLine('sda2', 'ext4')],
    [2.9, "systemd[1]: Inserted module 'ip_tables'"],
    [3.1, 'EXT4-fs (sda2): re-mounted. Opts: (null)'],
    [3.6, 'systemd-journald[331]: Received request to flush runtime journal from PID 1'],
    ...filesystems
      .filter(({ device, mount }) => device.startsWith('/dev/') && mount !== '/')
      .map(({ device, type }, at) => [5 + at / 10, mountedLine(device, type)] as const),
    [8.3, 'IPv6: ADDRCONF(NETDEV_UP): eth0: link is not ready'],
    [8.4, 'IPv6: ADDRCONF(NETDEV_CHANGE): eth0: link becomes ready'],
    [
      9.4,
      'bridge: filtering via arp/ip/ip6tables is no longer available by default. Update your scripts to load br_netfilter if you need this.',
    ],
    [9.6, 'Bridge firewalling registered'],
  ]
}

/** What the kernel of CentOS 7 says when it starts on a machine: seconds after the boot and the line. */
export const centosBootLines = (machine: Machine): readonly BootLine[] => [
  ...earlyLines(machine),
  ...lateLines(machine),
]
