import { onceUnit, tmpfilesUnit } from './once-unit.ts'
import { plainFile, serviceFile, type UnitSetup } from './unit-setup.ts'

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
  tmpfilesUnit(
    'systemd-tmpfiles-setup',
    'Create Volatile Files and Directories',
    '/usr/bin/systemd-tmpfiles --create --remove --boot --exclude-prefix=/dev',
  ),
  tmpfilesUnit(
    'systemd-tmpfiles-setup-dev',
    'Create Static Device Nodes in /dev',
    '/usr/bin/systemd-tmpfiles --prefix=/dev --create --boot',
  ),
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

/** What a boot of CentOS 7 does once, the sockets that it opens, and its one timer. */
export const centosBootUnits: readonly UnitSetup[] = [...boots, ...sockets, ...timer]
