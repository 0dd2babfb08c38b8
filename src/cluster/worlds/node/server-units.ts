import { onceUnit, tmpfilesUnit } from './once-unit.ts'
import { plainFile, serviceFile, type UnitSetup } from './unit-setup.ts'

type Row = readonly [name: string, description: string, exec: string, megabytes: number, tasks: number]

const RESTARTS = 'Restart=on-failure'

const row = ([name, description, exec, memoryMiB, tasks]: Row, rest: Partial<UnitSetup> = {}): UnitSetup => ({
  name: `${name}.service`,
  text: serviceFile({ description, exec, service: [RESTARTS] }),
  memoryMiB,
  tasks,
  ...rest,
})

const daemons: readonly UnitSetup[] = [
  {
    name: 'ssh.service',
    text: serviceFile({
      description: 'OpenBSD Secure Shell server',
      docs: 'man:sshd(8) man:sshd_config(5)',
      unit: ['After=network.target auditd.service', 'ConditionPathExists=!/etc/ssh/sshd_not_to_be_run'],
      exec: '/usr/sbin/sshd -D $SSHD_OPTS',
      type: 'notify',
      service: [
        'EnvironmentFile=-/etc/default/ssh',
        'ExecStartPre=/usr/sbin/sshd -t',
        'ExecReload=/bin/kill -HUP $MAINPID',
        'KillMode=process',
        'Restart=on-failure',
        'RestartPreventExitStatus=255',
      ],
      alias: 'sshd.service',
    }),
    service: 'sshd',
    memoryMiB: 7,
    tasks: 1,
  },
  {
    name: 'cron.service',
    text: serviceFile({
      description: 'Regular background program processing daemon',
      docs: 'man:cron(8)',
      unit: ['After=remote-fs.target nss-user-lookup.target'],
      exec: '/usr/sbin/cron -f -P $EXTRA_OPTS',
      service: ['EnvironmentFile=-/etc/default/cron', 'IgnoreSIGPIPE=false', 'KillMode=process', RESTARTS],
    }),
    service: 'cron',
    memoryMiB: 2,
    tasks: 1,
  },
  {
    name: 'chrony.service',
    text: serviceFile({
      description: 'chrony, an NTP client/server',
      docs: 'man:chronyd(8) man:chronyc(1) man:chrony.conf(5)',
      unit: ['Conflicts=openntpd.service ntp.service ntpsec.service', 'After=network.target'],
      exec: '/usr/sbin/chronyd $DAEMON_OPTS',
      type: 'forking',
      service: ['EnvironmentFile=-/etc/default/chrony', 'PrivateTmp=yes', RESTARTS],
      alias: 'chronyd.service',
    }),
    service: 'chronyd',
    memoryMiB: 2,
    tasks: 2,
  },
  {
    name: 'rsyslog.service',
    text: serviceFile({
      description: 'System Logging Service',
      docs: 'man:rsyslogd(8) man:rsyslog.conf(5) https://www.rsyslog.com/doc/',
      exec: '/usr/sbin/rsyslogd -n -iNONE',
      type: 'notify',
      service: ['StandardOutput=null', RESTARTS],
      alias: 'syslog.service',
    }),
    service: 'rsyslogd',
    memoryMiB: 3,
    tasks: 4,
  },
]

const systemdOwn: readonly UnitSetup[] = (
  [
    ['systemd-journald', 'Journal Service', '/lib/systemd/systemd-journald', 42, 1],
    ['systemd-logind', 'User Login Management', '/lib/systemd/systemd-logind', 2, 1],
    ['systemd-networkd', 'Network Configuration', '/lib/systemd/systemd-networkd', 3, 1],
    ['systemd-resolved', 'Network Name Resolution', '/lib/systemd/systemd-resolved', 8, 1],
    ['systemd-udevd', 'Rule-based Manager for Device Events and Files', '/lib/systemd/systemd-udevd', 19, 1],
  ] as const
).map(([name, description, exec, memoryMiB, tasks]) => ({
  name: `${name}.service`,
  text: serviceFile({
    description,
    docs: `man:${name}.service(8)`,
    exec,
    type: 'notify',
    service: ['Restart=always', 'RestartSec=0', ...(/logind|resolved/.test(name) ? ['PrivateTmp=yes'] : [])],
    wantedBy: /networkd|resolved/.test(name) ? 'multi-user.target' : '',
  }),
  memoryMiB,
  tasks,
  ...(/resolved|networkd/.test(name) ? { service: name.replace('systemd-', '') } : {}),
}))

const others: readonly UnitSetup[] = [
  row([
    'dbus',
    'D-Bus System Message Bus',
    '/usr/bin/dbus-daemon --system --address=systemd: --nofork --nopidfile --systemd-activation --syslog-only',
    4,
    1,
  ]),
  row(['polkit', 'Authorization Manager', '/usr/libexec/polkitd --no-debug', 8, 3]),
  row(['irqbalance', 'irqbalance daemon', '/usr/sbin/irqbalance --foreground', 3, 2]),
  row(['multipathd', 'Device-Mapper Multipath Device Controller', '/sbin/multipathd -d -s', 27, 7]),
  row([
    'networkd-dispatcher',
    'Dispatcher daemon for systemd-networkd',
    '/usr/bin/networkd-dispatcher --run-startup-triggers',
    19,
    1,
  ]),
  row(['qemu-guest-agent', 'QEMU Guest Agent', '/usr/sbin/qemu-ga', 3, 2]),
  row([
    'unattended-upgrades',
    'Unattended Upgrades Shutdown',
    '/usr/share/unattended-upgrades/unattended-upgrade-shutdown --wait-for-signal',
    20,
    2,
  ]),
  row(['udisks2', 'Disk Manager', '/usr/libexec/udisks2/udisksd', 12, 5]),
  row(['getty@tty1', 'Getty on tty1', '/sbin/agetty -o -p -- \\\\u --noclear tty1 linux', 1, 1]),
]

const boots: readonly UnitSetup[] = [
  onceUnit('apparmor', 'Load AppArmor profiles', '/lib/apparmor/apparmor.systemd reload'),
  onceUnit('blk-availability', 'Availability of block devices', '/bin/true'),
  onceUnit('console-setup', 'Set console font and keymap', '/lib/console-setup/console-setup.sh'),
  onceUnit('finalrd', 'Create final runtime dir for shutdown pivot root', '/bin/true'),
  onceUnit('keyboard-setup', 'Set the console keyboard layout', '/lib/console-setup/keyboard-setup.sh'),
  onceUnit('kmod-static-nodes', 'Create List of Static Device Nodes', '/bin/kmod static-nodes'),
  onceUnit(
    'lvm2-monitor',
    'Monitoring of LVM2 mirrors, snapshots etc. using dmeventd or progress polling',
    '/sbin/lvm vgchange --monitor y',
  ),
  onceUnit('setvtrgb', 'Set console scheme', '/sbin/setvtrgb /etc/vtrgb'),
  onceUnit('sysstat', 'Resets System Activity Logs', '/usr/lib/sysstat/sa1 --boot'),
  onceUnit('systemd-journal-flush', 'Flush Journal to Persistent Storage', '/bin/journalctl --flush'),
  onceUnit('systemd-modules-load', 'Load Kernel Modules', '/lib/systemd/systemd-modules-load'),
  onceUnit(
    'systemd-networkd-wait-online',
    'Wait for Network to be Configured',
    '/lib/systemd/systemd-networkd-wait-online',
  ),
  onceUnit('systemd-random-seed', 'Load/Save Random Seed', '/lib/systemd/systemd-random-seed load'),
  onceUnit('systemd-remount-fs', 'Remount Root and Kernel File Systems', '/lib/systemd/systemd-remount-fs'),
  {
    ...onceUnit('systemd-sysctl', 'Apply Kernel Variables', '/lib/systemd/systemd-sysctl'),
    service: 'systemd-sysctl',
  },
  onceUnit('systemd-sysusers', 'Create System Users', '/bin/systemd-sysusers'),
  tmpfilesUnit(
    'systemd-tmpfiles-setup',
    'Create Volatile Files and Directories',
    'systemd-tmpfiles --create --remove --boot --exclude-prefix=/dev',
  ),
  tmpfilesUnit(
    'systemd-tmpfiles-setup-dev',
    'Create Static Device Nodes in /dev',
    'systemd-tmpfiles --prefix=/dev --create --boot',
  ),
  onceUnit('systemd-udev-trigger', 'Coldplug All udev Devices', '/bin/udevadm trigger'),
  onceUnit(
    'systemd-update-utmp',
    'Record System Boot/Shutdown in UTMP',
    '/lib/systemd/systemd-update-utmp reboot',
  ),
  onceUnit('systemd-user-sessions', 'Permit User Sessions', '/lib/systemd/systemd-user-sessions start'),
  { ...onceUnit('ufw', 'Uncomplicated firewall', '/lib/ufw/ufw-init start quiet'), service: 'ufw' },
]

/** The targets of an ordinary server. */
export const serverTargets: readonly UnitSetup[] = (
  [
    ['basic', 'Basic System'],
    ['cryptsetup', 'Local Encrypted Volumes'],
    ['getty', 'Login Prompts'],
    ['graphical', 'Graphical Interface'],
    ['local-fs', 'Local File Systems'],
    ['multi-user', 'Multi-User System'],
    ['network', 'Network'],
    ['network-online', 'Network is Online'],
    ['nss-lookup', 'Host and Network Name Lookups'],
    ['nss-user-lookup', 'User and Group Name Lookups'],
    ['paths', 'Path Units'],
    ['remote-fs', 'Remote File Systems'],
    ['slices', 'Slice Units'],
    ['sockets', 'Socket Units'],
    ['swap', 'Swaps'],
    ['sysinit', 'System Initialization'],
    ['time-sync', 'System Time Synchronized'],
    ['timers', 'Timer Units'],
  ] as const
).map(([name, description]) => ({
  name: `${name}.target`,
  text: plainFile(description, ['Documentation=man:systemd.special(7)']),
  stands: 'other',
}))

const sockets: readonly UnitSetup[] = (
  [
    ['dbus', 'D-Bus System Message Bus Socket'],
    ['multipathd', 'multipathd control socket'],
    ['syslog', 'Syslog Socket'],
    ['systemd-journald', 'Journal Socket'],
    ['systemd-journald-dev-log', 'Journal Socket (/dev/log)'],
    ['systemd-udevd-control', 'udev Control Socket'],
    ['systemd-udevd-kernel', 'udev Kernel Socket'],
  ] as const
).map(([name, description]) => ({ name: `${name}.socket`, text: plainFile(description), stands: 'other' }))

/** The units of an ordinary server of this kind, Kubernetes left out. */
export const serverUnits: readonly UnitSetup[] = [
  ...daemons,
  ...systemdOwn,
  ...others,
  ...boots,
  ...serverTargets,
  ...sockets,
]
