import { HAPROXY_VERSION } from '../../services/haproxy/haproxy.ts'
import type { Machine } from '../../world/machine.ts'
import type { World } from '../../world/world.ts'
import { type Package, withCommands } from './package.ts'
import { systemCommands } from './tool-packages.ts'
import { toolsOf } from './tools-of.ts'

export type { Package } from './package.ts'

type Row = readonly [name: string, ubuntu: string, centos: string, files: string, summary: string]

const rows: readonly Row[] = [
  ['bash', '5.1-6ubuntu1.1', '4.2.46-35.el7_9', '/bin/bash', 'GNU Bourne Again SHell'],
  ['coreutils', '8.32-4.1ubuntu1.2', '8.22-24.el7_9.2', '/bin/ls /bin/cat /bin/df', 'GNU core utilities'],
  [
    'curl',
    '7.81.0-1ubuntu1.16',
    '7.29.0-59.el7_9.2',
    '/usr/bin/curl',
    'command line tool for transferring data with URL syntax',
  ],
  ['ipset', '7.15-1build1', '7.1-1.el7', '/usr/sbin/ipset', 'administration tool for kernel IP sets'],
  [
    'iptables',
    '1.8.7-1ubuntu5.2',
    '1.4.21-35.el7',
    '/usr/sbin/iptables /sbin/iptables',
    'administration tools for packet filtering and NAT',
  ],
  [
    'openssl',
    '3.0.2-0ubuntu1.15',
    '1.0.2k-26.el7_9',
    '/usr/bin/openssl',
    'Secure Sockets Layer toolkit - cryptographic utility',
  ],
  [
    'systemd',
    '249.11-0ubuntu3.12',
    '219-78.el7_9.9',
    '/usr/bin/systemctl /usr/bin/journalctl',
    'system and service manager',
  ],
]

const ubuntuRows: readonly Row[] = [
  [
    'ufw',
    '0.36.1-4ubuntu0.1',
    '',
    '/usr/sbin/ufw /etc/default/ufw',
    'program for managing a Netfilter firewall',
  ],
  ['iproute2', '5.15.0-1ubuntu2', '', '/usr/sbin/ip /usr/bin/ss', 'networking and traffic control tools'],
  [
    'openssh-server',
    '1:8.9p1-3ubuntu0.7',
    '',
    '/usr/sbin/sshd',
    'secure shell (SSH) server, for secure access from remote machines',
  ],
  ['procps', '2:3.3.17-6ubuntu2.1', '', '/usr/bin/ps /usr/bin/top', '/proc file system utilities'],
  ['python3-minimal', '3.10.6-1~22.04.1', '', '/usr/bin/python3', 'minimal subset of the Python language'],
  ['strace', '5.16-0ubuntu3', '', '/usr/bin/strace', 'System call tracer'],
]

const centosRows: readonly Row[] = [
  ...(
    [
      [
        'NetworkManager',
        '1.18.8-2.el7_9',
        '/usr/sbin/NetworkManager /usr/bin/nmcli',
        'Network connection manager and user applications',
      ],
      ['audit', '2.8.5-4.el7', '/sbin/auditd /usr/sbin/ausearch', 'User space tools for 2.6 kernel auditing'],
      ['centos-release', '7-9.2009.1.el7.centos', '/etc/centos-release', 'CentOS Linux release file'],
      ['chrony', '3.4-1.el7', '/usr/sbin/chronyd /usr/bin/chronyc /etc/chrony.conf', 'An NTP client/server'],
      [
        'cronie',
        '1.4.11-23.el7',
        '/usr/sbin/crond /usr/bin/crontab',
        'Cron daemon for executing programs at set times',
      ],
      ['dbus', '1.10.24-15.el7', '/usr/bin/dbus-daemon', 'D-BUS message bus'],
      ['device-mapper', '1.02.170-6.el7_9.5', '/usr/sbin/dmsetup', 'Device mapper utility'],
      [
        'e2fsprogs',
        '1.42.9-19.el7',
        '/usr/sbin/mkfs.ext4',
        'Utilities for managing ext2, ext3, and ext4 filesystems',
      ],
      ['glibc', '2.17-326.el7_9', '/lib64/libc.so.6', 'The GNU libc libraries'],
      [
        'initscripts',
        '9.49.53-1.el7_9.1',
        '/etc/rc.d/init.d/network',
        'The inittab file and the /etc/init.d scripts',
      ],
      ['irqbalance', '1.0.7-12.el7', '/usr/sbin/irqbalance', 'IRQ balancing daemon'],
      ['kmod', '20-28.el7', '/usr/sbin/modprobe /usr/sbin/lsmod', 'Linux kernel module management utilities'],
      [
        'logrotate',
        '3.8.6-19.el7',
        '/usr/sbin/logrotate',
        'Rotates, compresses, removes and mails system log files',
      ],
      ['lvm2', '2.02.187-6.el7_9.5', '/usr/sbin/lvm', 'Userland logical volume management tools'],
      [
        'net-tools',
        '2.0-0.25.20131004git.el7',
        '/usr/bin/netstat /usr/sbin/ifconfig',
        'Basic networking tools',
      ],
      ['polkit', '0.112-26.el7_9.1', '/usr/lib/polkit-1/polkitd', 'An authorization framework'],
      ['postfix', '2.10.1-9.el7', '/usr/libexec/postfix/master', 'Postfix Mail Transport Agent'],
      [
        'python',
        '2.7.5-92.el7_9',
        '/usr/bin/python /usr/bin/python2 /usr/bin/python2.7',
        'An interpreted, interactive, object-oriented programming language',
      ],
      ['qemu-guest-agent', '2.12.0-3.el7', '/usr/bin/qemu-ga', 'QEMU guest agent'],
      ['rpm', '4.11.3-48.el7_9', '/usr/bin/rpm', 'The RPM package management system'],
      [
        'rsyslog',
        '8.24.0-57.el7_9.3',
        '/usr/sbin/rsyslogd /etc/rsyslog.conf',
        'Enhanced system logging and kernel message trapping daemon',
      ],
      [
        'selinux-policy-targeted',
        '3.13.1-268.el7_9.2',
        '/etc/selinux/config',
        'SELinux targeted base policy',
      ],
      ['sudo', '1.8.23-10.el7_9.3', '/usr/bin/sudo', 'Allows restricted root access for specified users'],
      ['tuned', '2.11.0-12.el7_9', '/usr/sbin/tuned', 'A dynamic adaptive system tuning daemon'],
      [
        'util-linux',
        '2.23.2-65.el7_9.1',
        '/usr/bin/mount /usr/bin/lsblk',
        'A collection of basic system utilities',
      ],
      ['yum', '3.4.3-168.el7.centos', '/usr/bin/yum /etc/yum.conf', 'RPM package installer/updater/manager'],
    ] as const
  ).map(([name, version, files, summary]): Row => [name, '', version, files, summary]),

  [
    'iproute',
    '',
    '4.11.0-30.el7',
    '/usr/sbin/ip /usr/sbin/ss',
    'Advanced IP routing and network device configuration tools',
  ],
  [
    'firewalld',
    '',
    '0.6.3-13.el7_9',
    '/usr/bin/firewall-cmd',
    'A firewall daemon with D-Bus interface providing a dynamic firewall',
  ],
  ['openssh-server', '', '7.4p1-23.el7_9', '/usr/sbin/sshd', 'An open source SSH server daemon'],
  ['procps-ng', '', '3.3.10-28.el7', '/usr/bin/ps /usr/bin/top', 'System and process monitoring utilities'],
]

const asPackage = ([name, ubuntu, centos, files, summary]: Row, isUbuntu: boolean): Package => ({
  name,
  version: isUbuntu ? ubuntu : centos,
  section: 'admin',
  summary,
  files: withCommands(files, systemCommands[name]),
})

/** What came with the role of a machine: the packages of Kubernetes and of its runtime in the versions that run. */
const ofRole = (machine: Machine, { kube }: World): readonly Package[] => {
  const section = 'admin'
  const version = `${kube.version.replace(/^v/, '')}-1.1`
  const has = (unit: string): boolean => machine.units.has(unit)
  const parts = has('kubelet.service') ? ['kubeadm', 'kubectl', 'kubelet'] : []
  const { runtime } = machine
  return [
    ...parts.map(name => ({
      name,
      version,
      section,
      summary:
        name === 'kubelet'
          ? 'Node agent for Kubernetes clusters'
          : `Command-line utility of Kubernetes: ${name}`,
      files: [`/usr/bin/${name}`, ...(name === 'kubelet' ? ['/lib/systemd/system/kubelet.service'] : [])],
    })),
    ...(has('containerd.service') && runtime !== undefined
      ? [
          {
            name: 'containerd',
            version: `${runtime.version}-0ubuntu1~22.04.1`,
            section,
            summary: 'daemon to control runC',
            files: [
              '/usr/bin/containerd',
              '/usr/bin/ctr',
              '/usr/bin/runc',
              '/usr/bin/containerd-shim-runc-v2',
            ],
          },
        ]
      : []),
    ...(has('haproxy.service')
      ? [
          {
            name: 'haproxy',
            version: HAPROXY_VERSION,
            section: 'net',
            summary: 'fast and reliable load balancing reverse proxy',
            files: ['/usr/sbin/haproxy', '/etc/haproxy/haproxy.cfg'],
          },
        ]
      : []),
  ]
}

/** Whether a machine's packages are those of Debian and its kin. */
export const isDebian = ({ os }: Machine): boolean => os.id === 'ubuntu' || os.id === 'debian'

/** The packages of a machine by name: those of its distribution, its kernel, and those that its role brought. */
export const packagesOf = (world: World, machine: Machine): readonly Package[] => {
  const isUbuntu = isDebian(machine)
  const { kernel } = machine.os
  const image: Package = {
    name: isUbuntu ? `linux-image-${kernel}` : 'kernel',
    version: isUbuntu
      ? kernel.replace(/-generic$/, '').replace(/-(\d+)$/, '-$1.122')
      : kernel.replace(/\.x86_64$/, ''),
    section: 'kernel',
    summary: isUbuntu ? 'Signed kernel image generic' : 'The Linux kernel',
    files: [`/boot/vmlinuz-${kernel}`],
  }
  return [
    ...[...rows, ...(isUbuntu ? ubuntuRows : centosRows)].map(row => asPackage(row, isUbuntu)),
    ...toolsOf(isUbuntu),
    image,
    ...ofRole(machine, world),
  ].sort((a, b) => (a.name < b.name ? -1 : 1))
}
