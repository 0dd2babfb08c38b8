import { plainFile, serviceFile, type UnitSetup } from './unit-setup.ts'

type Row = readonly [name: string, timer: string, schedule: string, work: string, exec: string]

const rows: readonly Row[] = [
  [
    'apt-daily',
    'Daily apt download activities',
    'OnCalendar=*-*-* 6,18:00',
    'Daily apt download activities',
    '/usr/lib/apt/apt.systemd.daily update',
  ],
  [
    'apt-daily-upgrade',
    'Daily apt upgrade and clean activities',
    'OnCalendar=*-*-* 6:00',
    'Daily apt upgrade and clean activities',
    '/usr/lib/apt/apt.systemd.daily install',
  ],
  [
    'dpkg-db-backup',
    'Daily dpkg database backup timer',
    'OnCalendar=daily',
    'Daily dpkg database backup service',
    '/usr/libexec/dpkg/dpkg-db-backup',
  ],
  [
    'e2scrub_all',
    'Periodic ext4 Online Metadata Check for All Filesystems',
    'OnCalendar=Sun *-*-* 03:10:00',
    'Online ext4 Metadata Check for All Filesystems',
    '/sbin/e2scrub_all',
  ],
  [
    'fstrim',
    'Discard unused blocks once a week',
    'OnCalendar=weekly',
    'Discard unused blocks on filesystems from /etc/fstab',
    '/sbin/fstrim --listed-in /etc/fstab:/proc/self/mountinfo --verbose --quiet-unsupported',
  ],
  [
    'logrotate',
    'Daily rotation of log files',
    'OnCalendar=daily',
    'Rotate log files',
    '/usr/sbin/logrotate /etc/logrotate.conf',
  ],
  [
    'man-db',
    'Daily man-db regeneration',
    'OnCalendar=daily',
    'Daily man-db regeneration',
    '/usr/bin/mandb --quiet',
  ],
  [
    'motd-news',
    'Message of the Day',
    'OnCalendar=*-*-* 00,12:00:00',
    'Message of the Day',
    '/etc/update-motd.d/50-motd-news --force',
  ],
  [
    'sysstat-collect',
    'Run system activity accounting tool every 10 minutes',
    'OnCalendar=*:00/10',
    'system activity accounting tool',
    '/usr/lib/sysstat/sa1 1 1',
  ],
  [
    'systemd-tmpfiles-clean',
    'Daily Cleanup of Temporary Directories',
    'OnUnitActiveSec=1d',
    'Cleanup of Temporary Directories',
    '/bin/systemd-tmpfiles --clean',
  ],
]

/** The timers of an ordinary server, with the services that they start. */
export const timerUnits: readonly UnitSetup[] = rows.flatMap(([name, timer, schedule, work, exec]) => [
  {
    name: `${name}.timer`,
    text: plainFile(timer, [
      '',
      '[Timer]',
      schedule,
      'Persistent=true',
      '',
      '[Install]',
      'WantedBy=timers.target',
    ]),
    stands: 'other',
  },
  {
    name: `${name}.service`,
    text: serviceFile({ description: work, exec, type: 'oneshot', wantedBy: '' }),
    stands: 'dead',
  },
])
