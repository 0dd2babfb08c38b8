import { numberOfAddress } from '../network/addresses.ts'
import type { Machine } from '../world/machine.ts'
import type { NetworkInterface, Route } from '../world/network.ts'
import type { FileView, Viewpoint } from './views.ts'

const FOLDER = '/proc/net'

const deviceRow = ({ name, received, sent }: NetworkInterface): string =>
  `${name.padStart(6)}: ${[received.bytes, received.packets, received.errors, received.dropped, 0, 0, 0, 0, sent.bytes, sent.packets, sent.errors, sent.dropped, 0, 0, 0, 0].map(value => String(Math.round(value))).join(' ')}\n`

const littleEndian = (address: string): string => {
  const value = numberOfAddress(address) ?? 0
  return [0, 8, 16, 24]
    .map(shift => (Math.floor(value / 2 ** shift) % 256).toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase()
}

const maskOf = (length: number): string =>
  [0, 8, 16, 24].map(from => (256 - 2 ** (8 - Math.max(0, Math.min(8, length - from)))) % 256).join('.')

const routeRow = ({ to, via, device, metric }: Route): string => {
  const [address = '0.0.0.0', length = '32'] = to === 'default' ? ['0.0.0.0', '0'] : to.split('/')
  const flags = 1 + (via === undefined ? 0 : 2) + (length === '32' ? 4 : 0)
  return `${device}\t${littleEndian(address)}\t${littleEndian(via ?? '0.0.0.0')}\t${flags.toString(16).padStart(4, '0').toUpperCase()}\t0\t0\t${metric ?? 0}\t${littleEndian(maskOf(Number(length)))}\t0\t0\t0\n`
}

const texts: Readonly<Record<string, (machine: Machine) => string>> = {
  dev: ({ interfaces }) =>
    `Inter-|   Receive                                                |  Transmit\n face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed\n${interfaces.map(deviceRow).join('')}`,
  route: ({ routes }) =>
    `Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n${routes.map(routeRow).join('')}`,
}

/** /proc/net: interfaces and routes as the kernel counts and keeps them. */
export const procNet: FileView = {
  folder: FOLDER,
  list: () => Object.keys(texts).map(name => `${FOLDER}/${name}`),
  read: ({ machine }: Viewpoint, path) => texts[path.slice(FOLDER.length + 1)]?.(machine) ?? '',
}
