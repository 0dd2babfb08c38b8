import { numberOfAddress } from '../../network/addresses.ts'
import type { Machine } from '../../world/machine.ts'
import type { NetworkInterface, Route } from '../../world/network.ts'

/** What a tunnel takes of each packet. */
export const VXLAN_BYTES = 50

/** The hardware address that a plugin's device gets from its address. */
export const macOf = (address: string): string => {
  const value = numberOfAddress(address) ?? 0
  return [
    '66',
    '1e',
    ...[24, 16, 8, 0].map(shift => (Math.floor(value / 2 ** shift) % 256).toString(16).padStart(2, '0')),
  ].join(':')
}

/** The number of the next interface of a machine. */
export const nextIndex = (host: Machine): number =>
  Math.max(...host.interfaces.map(device => device.index)) + 1

/** An interface that a plugin makes. */
export const deviceOf = (
  host: Machine,
  changes: Partial<NetworkInterface> & Pick<NetworkInterface, 'name' | 'kind'>,
): NetworkInterface => ({
  index: nextIndex(host),
  mac: '',
  mtu: 1_500 - VXLAN_BYTES,
  isUp: true,
  hasCarrier: true,
  addresses: [],
  master: undefined,
  vxlan: undefined,
  received: { bytes: 0, packets: 0, errors: 0, dropped: 0 },
  sent: { bytes: 0, packets: 0, errors: 0, dropped: 0 },
  ...changes,
})

/** A route that a plugin makes. */
export const routeOf = (changes: Pick<Route, 'to' | 'device'> & Partial<Route>): Route => ({
  via: undefined,
  protocol: 'boot',
  scope: 'link',
  source: undefined,
  metric: undefined,
  isOnLink: false,
  ...changes,
})
