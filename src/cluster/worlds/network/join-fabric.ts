import { kernelRoutes } from '../../network/find-route.ts'
import type { Machine } from '../../world/machine.ts'
import type { FirewallChain } from '../../world/network.ts'
import type { World } from '../../world/world.ts'

const chain = (name: string): FirewallChain => ({ name, policy: 'ACCEPT', packets: 0, bytes: 0, rules: [] })

/** Gives a machine its routes on the site's network and an empty packet filter. */
export const joinFabric = (world: World, machine: Machine): void => {
  const device = machine.interfaces.find(candidate => candidate.kind === 'ethernet')
  if (device === undefined) return
  machine.routes = [
    {
      to: 'default',
      via: world.fabric.gateway,
      device: device.name,
      protocol: 'static',
      scope: 'global',
      source: undefined,
      metric: undefined,
      isOnLink: false,
    },
    ...kernelRoutes(device),
  ]
  machine.firewall = {
    filter: ['INPUT', 'FORWARD', 'OUTPUT'].map(chain),
    nat: ['PREROUTING', 'INPUT', 'OUTPUT', 'POSTROUTING'].map(chain),
    mangle: ['PREROUTING', 'INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING'].map(chain),
    firewalld: [],
    firewalldPermanent: [],
    serviceRules: { signature: '', atMs: 0 },
  }
}
