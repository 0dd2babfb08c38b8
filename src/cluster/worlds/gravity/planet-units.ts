import type { Machine } from '../../world/machine.ts'
import type { World } from '../../world/world.ts'
import { serviceFile, type UnitSetup } from '../node/unit-setup.ts'
import { apiServerUnit, electedUnits, etcdUnit } from './control-plane-units.ts'
import { clusterUnits, kubeletUnit, networkUnits } from './node-units.ts'
import { planetUnit } from './planet-unit.ts'

/** The address by which Planet's components know the API server. */
export const leaderUrl = 'https://leader.telekube.local:6443'

const ownUnits: readonly UnitSetup[] = (
  [
    ['systemd-journald', 'Journal Service', '/lib/systemd/systemd-journald', 24],
    ['dbus', 'D-Bus System Message Bus', '/usr/bin/dbus-daemon --system --nofork', 3],
  ] as const
).map(([name, description, exec, memoryMiB]) => ({
  name: `${name}.service`,
  text: serviceFile({ description, exec }),
  memoryMiB,
}))

/** The units that run inside Planet on a master, those that others need before the others. */
export const planetUnits = (
  world: World,
  machine: Machine,
  { members, clusterName }: { readonly members: string; readonly clusterName: string },
): readonly UnitSetup[] => [
  ...ownUnits,
  planetUnit({
    name: 'docker',
    description: 'Docker Application Container Engine',
    service: 'docker',
    type: 'notify',
    memoryMiB: 88,
    exec: [
      '/usr/bin/dockerd',
      '--bridge=none',
      '--iptables=false',
      '--storage-driver=overlay2',
      '--graph=/ext/docker',
    ],
  }),
  etcdUnit(world, machine, members),
  ...networkUnits(machine).filter(({ name }) => name === 'coredns.service'),
  ...clusterUnits(machine, clusterName),
  apiServerUnit(world, machine),
  ...electedUnits(world),
  ...networkUnits(machine).filter(({ name }) => name !== 'coredns.service'),
  kubeletUnit(machine),
]
