import { numberOfAddress } from '../network/addresses.ts'
import type { Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import { connect } from './connect.ts'
import { CHRONY_CONFIGS, settingsText } from './read-settings.ts'
import { resolveName } from './resolve-name.ts'
import { unitOf } from './unit-of.ts'

/** A server that a machine asks for the time. */
export type TimeSource = { readonly address: string; readonly isReached: boolean }

const pools = {
  ubuntu: ['185.125.190.56', '185.125.190.57', '91.189.91.157', '45.87.78.35'],
  centos: ['45.87.78.35', '162.159.200.123', '193.182.111.12', '194.58.207.20'],
} as const

const poolOf = ({ os }: Machine): readonly string[] => (os.id === 'centos' ? pools.centos : pools.ubuntu)

const nameOf = (machine: Machine, address: string): string =>
  machine.os.id === 'centos' ? address : `${address} (ntp.ubuntu.com)`

/** The servers that chronyd turns to now and then, as its log names them. */
export const otherSourceNames = (machine: Machine): readonly string[] =>
  poolOf(machine)
    .slice(1, 3)
    .map(address => nameOf(machine, address))

/** The server that chronyd selects when all is well, as its log names it: since 4.0 with the name that led to it. */
export const firstSourceName = (machine: Machine): string => nameOf(machine, poolOf(machine)[0] ?? '')

const NTP_PORT = 123

const isAddress = (text: string): boolean => numberOfAddress(text) !== undefined

/** The servers that chronyd is set up with, also behind names that are known, and whether they answer. */
export const timeSourcesOf = (world: World, machine: Machine): readonly TimeSource[] => {
  const daemon = unitOf(machine, 'chronyd')
  const conf = CHRONY_CONFIGS.map(path => settingsText(machine, daemon, path) ?? '').join('\n')
  const told = [...conf.matchAll(/^\s*(?:server|pool|peer)\s+(\S+)/gm)].map(found => found[1] ?? '')
  const named = told.filter(isAddress)
  const hasPool = told.some(name => !isAddress(name) && resolveName(world, machine, name).kind !== 'no-name')
  const reaches = (address: string): boolean =>
    connect(world, { from: machine, address, port: NTP_PORT, protocol: 'udp' }).kind === 'open'
  return [...new Set([...named, ...(hasPool ? poolOf(machine) : [])])].map(address => ({
    address,
    isReached: machine.isPowered && reaches(address),
  }))
}

/** Whether the service that sets the clock runs, as timedatectl calls it. */
export const timeServiceState = ({ units }: Machine): 'active' | 'inactive' =>
  unitOf({ units }, 'chronyd')?.active === 'active' ? 'active' : 'inactive'
