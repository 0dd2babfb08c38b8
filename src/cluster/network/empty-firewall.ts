import type { Firewall, FirewallChain, FirewalldZone } from '../world/network.ts'

const chain = (name: string): FirewallChain => ({ name, policy: 'ACCEPT', packets: 0, bytes: 0, rules: [] })

/** A packet filter as the kernel has it after a boot, with the zones that firewalld keeps. */
export const emptyFirewall = (zones: readonly FirewalldZone[] = []): Firewall => ({
  filter: ['INPUT', 'FORWARD', 'OUTPUT'].map(chain),
  nat: ['PREROUTING', 'INPUT', 'OUTPUT', 'POSTROUTING'].map(chain),
  mangle: ['PREROUTING', 'INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING'].map(chain),
  firewalld: structuredClone([...zones]),
  firewalldPermanent: structuredClone([...zones]),
  serviceRules: { signature: '', atMs: 0 },
})
