import { hostnameOf } from '../relations/hostname.ts'
import type { Machine } from '../world/machine.ts'
import { type BootLine, commandLineOf, disksOf, pages } from './boot-line.ts'
import { centosBootLines } from './centos-boot-lines.ts'

/** What the kernel says before it has its processors and disks. */
const earlyLines = (machine: Machine): readonly BootLine[] => {
  const { os, cpu, memoryBytes } = machine
  return [
    [
      0,
      `Linux version ${os.kernel} (buildd@lcy02-amd64-110) (gcc (Ubuntu 11.4.0-1ubuntu1~22.04) 11.4.0, GNU ld (GNU Binutils for Ubuntu) 2.38) ${os.kernelVersion}`,
    ],
    [0, `Command line: ${commandLineOf(machine)}`],
    [0, 'KERNEL supported cpus:'],
    [0, '  Intel GenuineIntel'],
    [0, 'BIOS-provided physical RAM map:'],
    [0, 'BIOS-e820: [mem 0x0000000000000000-0x000000000009fbff] usable'],
    [0, 'NX (Execute Disable) protection: active'],
    [0, 'SMBIOS 2.8 present.'],
    [0, 'DMI: QEMU Standard PC (Q35 + ICH9, 2009), BIOS 1.15.0-1 04/01/2014'],
    [0, 'Hypervisor detected: KVM'],
    [0, 'tsc: Detected 2095.078 MHz processor'],
    [0.01, `last_pfn = 0x${pages(memoryBytes).toString(16)} max_arch_pfn = 0x400000000`],
    [0.01, 'Using GB pages for direct mapping'],
    [
      0.02,
      `Memory: ${Math.round((memoryBytes * 0.985) / 1024)}K/${Math.round((memoryBytes * 1.024) / 1024)}K available (16393K kernel code, 4393K rwdata, 10912K rodata, 3352K init, 18656K bss)`,
    ],
    [0.03, `rcu: 	RCU restricting CPUs from NR_CPUS=8192 to nr_cpu_ids=${cpu.cores}.`],
    [0.05, `smpboot: CPU0: ${cpu.model} (family: 0x6, model: 0x55, stepping: 0x7)`],
  ]
}

/** A card is renamed where its system does so; a container's interface comes from its host. */
const cardLines = ({ interfaces }: Machine): readonly BootLine[] => {
  const name = interfaces.find(({ kind }) => kind === 'ethernet')?.name ?? 'ens160'
  const ready = [8.3, `IPv6: ADDRCONF(NETDEV_CHANGE): ${name}: link becomes ready`] as const
  return name === 'eth0' ? [ready] : [[7.1, `virtio_net virtio0 ${name}: renamed from eth0`], ready]
}

const lateLines = (machine: Machine): readonly BootLine[] => {
  const { cpu, filesystems } = machine
  return [
    [0.2, `smp: Brought up 1 node, ${cpu.cores} CPUs`],
    [0.3, 'NET: Registered PF_INET protocol family'],
    [0.4, 'SCSI subsystem initialized'],
    [0.6, 'Initialise system trusted keyrings'],
    [0.9, 'Freeing unused kernel image (initmem) memory: 3352K'],
    [1.1, 'Run /init as init process'],
    ...disksOf(machine).map(
      (disk, at) => [1.4 + at / 10, `sd ${at}:0:0:0: [${disk}] Attached SCSI disk`] as const,
    ),
    [2.2, 'EXT4-fs (sda2): mounted filesystem with ordered data mode. Opts: (null). Quota mode: none.'],
    [2.9, "systemd[1]: Inserted module 'autofs4'"],
    [3, `systemd[1]: Hostname set to <${hostnameOf(machine)}>.`],
    [4.1, 'EXT4-fs (sda2): re-mounted. Opts: (null). Quota mode: none.'],
    [4.6, 'systemd-journald[331]: Received client request to flush runtime journal.'],
    ...filesystems
      .filter(({ device, mount }) => device.startsWith('/dev/') && mount !== '/')
      .map(
        ({ device, type }, at) =>
          [
            5 + at / 10,
            `${type.toUpperCase()}-fs (${device.slice(5)}): mounted filesystem with ordered data mode. Opts: (null). Quota mode: none.`,
          ] as const,
      ),
    [
      6.2,
      'audit: type=1400 audit(0:2): apparmor="STATUS" operation="profile_load" profile="unconfined" name="lsb_release" pid=455 comm="apparmor_parser"',
    ],
    ...cardLines(machine),
    [
      9.4,
      'bridge: filtering via arp/ip/ip6tables is no longer available by default. Update your scripts to load br_netfilter if you need this.',
    ],
    [9.6, 'Bridge firewalling registered'],
    [9.9, 'overlayfs: module loaded'],
  ]
}

/** What the kernel says when it starts on a machine: seconds after the boot and the line. */
export const kernelBootLines = (machine: Machine): readonly BootLine[] =>
  machine.os.id === 'centos' ? centosBootLines(machine) : [...earlyLines(machine), ...lateLines(machine)]
