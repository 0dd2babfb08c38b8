import { centosBootUnits } from './centos-boot-units.ts'
import { serverTargets } from './server-units.ts'
import { serviceFile, type UnitSetup } from './unit-setup.ts'

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

/** The units of an ordinary server with CentOS 7, Kubernetes left out. */
export const centosUnits: readonly UnitSetup[] = [
  ...daemons,
  ...serverTargets.filter(({ name }) => name !== 'graphical.target'),
  ...centosBootUnits,
].map(unit => ({ ...unit, path: `${FOLDER}/${unit.name}` }))
