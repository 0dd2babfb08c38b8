import type { Machine } from '../../world/machine.ts'
import type { FirewalldZone } from '../../world/network.ts'
import type { World } from '../../world/world.ts'

const zone = (name: string, changes: Partial<FirewalldZone>): FirewalldZone => ({
  name,
  target: 'default',
  interfaces: [],
  sources: [],
  services: [],
  ports: [],
  richRules: [],
  ...changes,
})

/** The TCP ports that a cluster's machines use among themselves. The overlay's is UDP and stands nowhere here. */
const clusterPorts = [
  '2379-2380',
  '4001',
  '7001',
  '6443',
  '7496',
  '7373',
  '7575',
  '3008-3025',
  '5000',
  '10248-10259',
  '32009',
]

/** The zones that firewalld brings along and nobody uses here, with the services that they let in. */
const unused: Readonly<Record<string, readonly string[]>> = {
  block: [],
  dmz: ['ssh'],
  drop: [],
  external: ['ssh'],
  home: ['ssh', 'mdns', 'samba-client', 'dhcpv6-client'],
  internal: ['ssh', 'mdns', 'samba-client', 'dhcpv6-client'],
  work: ['ssh', 'dhcpv6-client'],
}

const targets: Readonly<Record<string, FirewalldZone['target']>> = { block: '%%REJECT%%', drop: 'DROP' }

const NETWORK_PREFIX = /\.\d+\/\d+$/

/** Gives a machine the zones of firewalld that let a cluster live: what comes from its networks is trusted. */
export const openZones = ({ kube }: World, machine: Machine): void => {
  const ethernet = machine.interfaces.find(({ kind }) => kind === 'ethernet')
  const own = ethernet?.addresses[0] ?? ''
  const zones = [
    zone('trusted', {
      target: 'ACCEPT',
      sources: [kube.podCidr, kube.serviceCidr, own.replace(NETWORK_PREFIX, '.0/24')],
    }),
    zone('public', {
      interfaces: [ethernet?.name ?? 'eth0'],
      services: ['ssh', 'dhcpv6-client'],
      ports: ['7496/udp', ...clusterPorts.map(port => `${port}/tcp`)],
    }),
    ...Object.entries(unused).map(([name, services]) =>
      zone(name, { target: targets[name] ?? 'default', services: [...services] }),
    ),
  ].sort((a, b) => (a.name < b.name ? -1 : 1))
  machine.firewall.firewalld = zones
  machine.firewall.firewalldPermanent = structuredClone(zones)
}
