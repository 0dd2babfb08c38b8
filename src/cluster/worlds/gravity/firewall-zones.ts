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

/** Gives a machine the zones of firewalld that let a cluster live: what comes over its interfaces is trusted. */
export const openZones = ({ kube }: World, machine: Machine): void => {
  const ethernet = machine.interfaces.find(({ kind }) => kind === 'ethernet')?.name ?? 'eth0'
  const zones = [
    zone('trusted', {
      target: 'ACCEPT',
      interfaces: [ethernet, 'flannel.1', 'cni0'],
      sources: [kube.podCidr, kube.serviceCidr],
    }),
    zone('public', {
      services: ['ssh', 'dhcpv6-client'],
      ports: ['7496/udp', ...clusterPorts.map(port => `${port}/tcp`)],
    }),
  ]
  machine.firewall.firewalld = zones
  machine.firewall.firewalldPermanent = structuredClone(zones)
}
