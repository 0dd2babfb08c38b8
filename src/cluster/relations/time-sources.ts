import type { Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import { connect } from './connect.ts'

/** A server that a machine asks for the time. */
export type TimeSource = { readonly address: string; readonly isReached: boolean }

const addresses = ['185.125.190.56', '185.125.190.57', '91.189.91.157', '45.87.78.35'] as const

const NTP_PORT = 123

/** The servers behind the pool that chrony is set up with, and whether they answer: over the site's way out, or on the site. */
export const timeSourcesOf = (world: World, machine: Machine): readonly TimeSource[] => {
  const conf = machine.files.get('/etc/chrony/chrony.conf')?.text ?? ''
  const named = [...conf.matchAll(/^\s*server\s+(\d+\.\d+\.\d+\.\d+)/gm)].map(found => found[1] ?? '')
  const hasPool = /^\s*(pool|server)\s+\S*[a-z]/m.test(conf)
  const reaches = (address: string): boolean =>
    connect(world, { from: machine, address, port: NTP_PORT, protocol: 'udp' }).kind === 'open'
  return [...named, ...(hasPool ? addresses : [])].map(address => ({
    address,
    isReached: machine.isPowered && (named.includes(address) ? reaches(address) : world.fabric.hasInternet),
  }))
}

/** Whether the service that sets the clock runs, as timedatectl calls it. */
export const timeServiceState = ({ units }: Machine): 'active' | 'inactive' =>
  units.get('chrony.service')?.active === 'active' ? 'active' : 'inactive'
