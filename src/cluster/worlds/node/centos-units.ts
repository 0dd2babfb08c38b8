import { onceUnit, serverTargets } from './server-units.ts'
import { plainFile, serviceFile, type UnitSetup } from './unit-setup.ts'

const FOLDER = '/usr/lib/systemd/system'

type Row = readonly [name: string, description: string, exec: string, memoryMiB: number, tasks: number]

const daemon = (
  [name, description, exec, memoryMiB, tasks]: Row,
  file: Partial<Parameters<typeof serviceFile>[0]> = {},
  service?: string,
): UnitSetup => ({
  name: `${name}.service`,
  text: serviceFile({ description, exec, ...file }),
  memoryMiB,
  tasks,
  ...(service === undefined ? {} : { service }),
})

const daemons: readonly UnitSetup[] = [
  daemon(
    ['sshd', 'OpenSSH server daemon', '/usr/sbin/sshd -D $OPTIONS', 4, 1],
    {
      docs: 'man:sshd(8) man:sshd_config(5)',
      unit: ['After=network.target sshd-keygen.service', 'Wants=sshd-keygen.service'],
      type: 'notify',
      service: [
        'EnvironmentFile=-/etc/sysconfig/sshd',
        'ExecReload=/bin/kill -HUP $MAINPID',
        'KillMode=process',
        'Restart=on-failure',
        'RestartSec=42s',
      ],
    },
    'sshd',
  ),
  daemon(
    ['crond', 'Command Scheduler', '/usr/sbin/crond -n $CRONDARGS', 2, 1],
    {
      unit: ['After=auditd.service systemd-user-sessions.service time-sync.target'],
      service: [
        'EnvironmentFile=-/etc/sysconfig/crond',
        'ExecReload=/bin/kill -HUP $MAINPID',
        'KillMode=process',
      ],
    },
    'cron',
  ),
  daemon(
    ['chronyd', 'NTP client/server', '/usr/sbin/chronyd $OPTIONS', 2, 1],
    {
      docs: 'man:chronyd(8) man:chrony.conf(5)',
      unit: [
        'After=ntpdate.service sntp.service ntpd.service',
        'Conflicts=ntpd.service systemd-timesyncd.service',
      ],
      type: 'forking',
      service: ['EnvironmentFile=-/etc/sysconfig/chronyd', 'PrivateTmp=yes', 'ProtectHome=yes'],
    },
    'chronyd',
  ),
  daemon(
    ['rsyslog', 'System Logging Service', '/usr/sbin/rsyslogd -n $SYSLOGD_OPTIONS', 4, 3],
    {
      docs: 'man:rsyslogd(8) http://www.rsyslog.com/doc/',
      type: 'notify',
      service: ['EnvironmentFile=-/etc/sysconfig/rsyslog', 'Restart=on-failure', 'StandardOutput=null'],
    },
    'rsyslogd',
  ),
  daemon(
    ['NetworkManager', 'Network Manager', '/usr/sbin/NetworkManager --no-daemon', 9, 3],
    {
      docs: 'man:NetworkManager(8)',
      type: 'dbus',
      unit: ['Wants=network.target', 'After=network-pre.target dbus.service'],
      service: ['BusName=org.freedesktop.NetworkManager', 'Restart=on-failure', 'KillMode=process'],
    },
    'networkd',
  ),
  daemon(['auditd', 'Security Auditing Service', '/sbin/auditd', 1, 2], {
    docs: 'man:auditd(8) https://github.com/linux-audit/audit-documentation',
    type: 'forking',
    unit: ['RefuseManualStop=yes'],
  }),
  daemon(['postfix', 'Postfix Mail Transport Agent', '/usr/libexec/postfix/master -w', 4, 1]),
  daemon(['tuned', 'Dynamic System Tuning Daemon', '/usr/bin/python2 -Es /usr/sbin/tuned -l -P', 17, 5], {
    docs: 'man:tuned(8) man:tuned.conf(5) man:tuned-adm(8)',
    type: 'dbus',
  }),
  daemon(['polkit', 'Authorization Manager', '/usr/lib/polkit-1/polkitd --no-debug', 12, 6], {
    docs: 'man:polkit(8)',
    type: 'dbus',
    wantedBy: '',
  }),
  daemon(
    [
      'dbus',
      'D-Bus System Message Bus',
      '/usr/bin/dbus-daemon --system --address=systemd: --nofork --nopidfile --systemd-activation',
      3,
      1,
    ],
    { docs: 'man:dbus-daemon(1)', wantedBy: '' },
  ),
  daemon(['irqbalance', 'irqbalance daemon', '/usr/sbin/irqbalance --foreground $IRQBALANCE_ARGS', 1, 1]),
  daemon(['qemu-guest-agent', 'QEMU Guest Agent', '/usr/bin/qemu-ga', 1, 1]),
  daemon(['getty@tty1', 'Getty on tty1', '/sbin/agetty --noclear tty1 linux', 1, 1], {
    wantedBy: 'getty.target',
  }),
  daemon(['systemd-journald', 'Journal Service', '/usr/lib/systemd/systemd-journald', 12, 1], {
    docs: 'man:systemd-journald.service(8) man:journald.conf(5)',
    type: 'notify',
    service: ['Restart=always', 'RestartSec=0'],
    wantedBy: '',
  }),
  daemon(['systemd-logind', 'Login Service', '/usr/lib/systemd/systemd-logind', 2, 1], {
    docs: 'man:systemd-logind.service(8) man:logind.conf(5) http://www.freedesktop.org/wiki/Software/systemd/logind',
    service: ['Restart=always', 'RestartSec=0'],
    wantedBy: '',
  }),
  daemon(['systemd-udevd', 'udev Kernel Device Manager', '/usr/lib/systemd/systemd-udevd', 2, 1], {
    docs: 'man:systemd-udevd.service(8) man:udev(7)',
    type: 'notify',
    service: ['Restart=always', 'RestartSec=0'],
    wantedBy: '',
  }),
]

const boots: readonly UnitSetup[] = [
  ...(
    [
      [
        'kmod-static-nodes',
        'Create list of required static device nodes for the current kernel',
        '/usr/bin/kmod static-nodes',
      ],
      [
        'lvm2-monitor',
        'Monitoring of LVM2 mirrors, snapshots etc. using dmeventd or progress polling',
        '/usr/sbin/lvm vgchange --monitor y',
      ],
      ['network', 'LSB: Bring up/down networking', '/etc/rc.d/init.d/network start'],
      ['rhel-dmesg', 'Dump dmesg to /var/log/dmesg', '/usr/lib/systemd/rhel-dmesg'],
      [
        'rhel-domainname',
        'Read and set NIS domainname from /etc/sysconfig/network',
        '/usr/lib/systemd/rhel-domainname',
      ],
      [
        'rhel-import-state',
        'Import network configuration from initramfs',
        '/usr/lib/systemd/rhel-import-state',
      ],
      ['rhel-readonly', 'Configure read-only root support', '/usr/lib/systemd/rhel-readonly'],
      ['systemd-journal-flush', 'Flush Journal to Persistent Storage', '/usr/bin/journalctl --flush'],
      ['systemd-modules-load', 'Load Kernel Modules', '/usr/lib/systemd/systemd-modules-load'],
      ['systemd-random-seed', 'Load/Save Random Seed', '/usr/lib/systemd/systemd-random-seed load'],
      ['systemd-remount-fs', 'Remount Root and Kernel File Systems', '/usr/lib/systemd/systemd-remount-fs'],
      [
        'systemd-tmpfiles-setup',
        'Create Volatile Files and Directories',
        '/usr/bin/systemd-tmpfiles --create --remove --boot',
      ],
      [
        'systemd-tmpfiles-setup-dev',
        'Create Static Device Nodes in /dev',
        '/usr/bin/systemd-tmpfiles --prefix=/dev --create --boot',
      ],
      ['systemd-udev-trigger', 'udev Coldplug all Devices', '/usr/bin/udevadm trigger'],
      [
        'systemd-update-utmp',
        'Update UTMP about System Boot/Shutdown',
        '/usr/lib/systemd/systemd-update-utmp reboot',
      ],
      ['systemd-user-sessions', 'Permit User Sessions', '/usr/lib/systemd/systemd-user-sessions start'],
      ['systemd-vconsole-setup', 'Setup Virtual Console', '/usr/lib/systemd/systemd-vconsole-setup'],
    ] as const
  ).map(([name, description, exec]) => onceUnit(name, description, exec)),
  {
    ...onceUnit('systemd-sysctl', 'Apply Kernel Variables', '/usr/lib/systemd/systemd-sysctl'),
    service: 'systemd-sysctl',
  },
]

const sockets: readonly UnitSetup[] = (
  [
    ['dbus', 'D-Bus System Message Bus Socket'],
    ['systemd-initctl', '/dev/initctl Compatibility Named Pipe'],
    ['systemd-journald', 'Journal Socket'],
    ['systemd-udevd-control', 'udev Control Socket'],
    ['systemd-udevd-kernel', 'udev Kernel Socket'],
  ] as const
).map(([name, description]) => ({ name: `${name}.socket`, text: plainFile(description), stands: 'other' }))

const timer: readonly UnitSetup[] = [
  {
    name: 'systemd-tmpfiles-clean.timer',
    text: plainFile('Daily Cleanup of Temporary Directories', [
      'Documentation=man:tmpfiles.d(5) man:systemd-tmpfiles(8)',
      '',
      '[Timer]',
      'OnBootSec=15min',
      'OnUnitActiveSec=1d',
    ]),
    stands: 'other',
  },
  {
    name: 'systemd-tmpfiles-clean.service',
    text: serviceFile({
      description: 'Cleanup of Temporary Directories',
      docs: 'man:tmpfiles.d(5) man:systemd-tmpfiles(8)',
      exec: '/usr/bin/systemd-tmpfiles --clean',
      type: 'oneshot',
      wantedBy: '',
    }),
    stands: 'dead',
  },
]

/** The units of an ordinary server with CentOS 7, Kubernetes left out. */
export const centosUnits: readonly UnitSetup[] = [
  ...daemons,
  ...boots,
  ...serverTargets.filter(({ name }) => name !== 'graphical.target'),
  ...sockets,
  ...timer,
].map(unit => ({ ...unit, path: `${FOLDER}/${unit.name}` }))
