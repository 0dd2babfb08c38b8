import { planetUnitName, type Release, teleportUnitName } from '../../gravity/versions.ts'
import { serviceFile, type UnitSetup } from '../node/unit-setup.ts'
import { planetRoot } from './host-files.ts'

/** The unit of a version of Planet on a host. */
export const planetUnit = ({ planet }: Pick<Release, 'planet'>): UnitSetup => ({
  name: planetUnitName(planet),
  path: `/etc/systemd/system/${planetUnitName(planet)}`,
  text: serviceFile({
    description: `Auto-generated service for the gravitational.io/planet:${planet} package`,
    exec: `${planetRoot(planet)}/usr/bin/planet start`,
    service: [
      'Restart=always',
      'RestartSec=5',
      'StartLimitInterval=0',
      'LimitNOFILE=655350',
      'TasksMax=infinity',
    ],
  }),
  service: 'planet',
  memoryMiB: 34,
  tasks: 14,
  cpuPercent: 0.4,
})

/** Teleport's unit. */
export const teleportUnit = ({ teleport }: Pick<Release, 'teleport'>): UnitSetup => ({
  name: teleportUnitName(teleport),
  path: `/etc/systemd/system/${teleportUnitName(teleport)}`,
  text: serviceFile({
    description: `Auto-generated service for the gravitational.io/teleport:${teleport} package`,
    exec: `/var/lib/gravity/local/packages/unpacked/gravitational.io/teleport/${teleport}/rootfs/usr/bin/teleport start`,
    service: ['Restart=always', 'RestartSec=5', 'LimitNOFILE=655350'],
  }),
  service: 'teleport',
  memoryMiB: 41,
  tasks: 10,
})

/** firewalld, installed and off, as Gravity wants it; its zones would let the cluster live. */
export const firewalldUnit: UnitSetup = {
  name: 'firewalld.service',
  path: '/usr/lib/systemd/system/firewalld.service',
  text: serviceFile({
    description: 'firewalld - dynamic firewall daemon',
    docs: 'man:firewalld(1)',
    exec: '/usr/sbin/firewalld --nofork --nopid',
    type: 'dbus',
    unit: ['Conflicts=iptables.service ip6tables.service ebtables.service ipset.service'],
    service: ['ExecReload=/bin/kill -HUP $MAINPID', 'StandardOutput=null', 'StandardError=null'],
    alias: 'dbus-org.fedoraproject.FirewallD1.service',
  }),
  service: 'firewalld',
  stands: 'dead',
  isDisabled: true,
  memoryMiB: 28,
  tasks: 2,
}
