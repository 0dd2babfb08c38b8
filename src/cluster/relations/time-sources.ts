import { numberOfAddress } from '../network/addresses.ts'
import type { Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import { connect } from './connect.ts'
import { CHRONY_CONFIG, settingsText } from './read-settings.ts'
import { resolveName } from './resolve-name.ts'

/** A server that a machine asks for the time. */
export type TimeSource = { readonly address: string; readonly isReached: boolean }

const addresses = ['185.125.190.56', '185.125.190.57', '91.189.91.157', '45.87.78.35'] as const

const NTP_PORT = 123

const isAddress = (text: string): boolean => numberOfAddress(text) !== undefined

/** The servers that chronyd is set up with, also behind names that are known, and whether they answer. */
export const timeSourcesOf = (world: World, machine: Machine): readonly TimeSource[] => {
  const conf = settingsText(machine, machine.units.get('chrony.service'), CHRONY_CONFIG) ?? ''
  const told = [...conf.matchAll(/^\s*(?:server|pool|peer)\s+(\S+)/gm)].map(found => found[1] ?? '')
  const named = told.filter(isAddress)
  const hasPool = told.some(name => !isAddress(name) && resolveName(world, machine, name).kind !== 'no-name')
  const reaches = (address: string): boolean =>
    connect(world, { from: machine, address, port: NTP_PORT, protocol: 'udp' }).kind === 'open'
  return [...new Set([...named, ...(hasPool ? addresses : [])])].map(address => ({
    address,
    isReached: machine.isPowered && reaches(address),
  }))
}

/** Whether the service that sets the clock runs, as timedatectl calls it. */
export const timeServiceState = ({ units }: Machine): 'active' | 'inactive' =>
  units.get('chrony.service')?.active === 'active' ? 'active' : 'inactive'
