import { maskOf, numberOfAddress, readNetwork } from '../network/addresses.ts'
import { liveRoutes } from '../network/find-route.ts'
import type { Machine } from '../world/machine.ts'
import type { NetworkInterface, Route } from '../world/network.ts'
import type { FileView, Viewpoint } from './views.ts'

const FOLDER = '/proc/net'

/** The sixteen counters of an interface: four that are kept in each direction, and four that nothing here counts. */
const deviceRow = ({ name, received, sent }: NetworkInterface): string => {
  const counters = [received, sent].flatMap(way => [
    ...[way.bytes, way.packets, way.errors, way.dropped].map(Math.round),
    ...[0, 0, 0, 0],
  ])
  return `${name.padStart(6)}: ${counters.join(' ')}\n`
}

const hex = (value: number, digits: number): string => value.toString(16).toUpperCase().padStart(digits, '0')

const littleEndian = (address: string): string => {
  const value = numberOfAddress(address) ?? 0
  return [0, 8, 16, 24].map(shift => hex(Math.floor(value / 2 ** shift) % 256, 2)).join('')
}

const routeRow = ({ to, via, device, metric, refusal }: Route): string => {
  const [address = ''] = to.split('/')
  const length = readNetwork(to === 'default' ? '0.0.0.0/0' : to)?.length ?? 0
  const flags =
    1 + (via === undefined ? 0 : 2) + (length === 32 ? 4 : 0) + (refusal === undefined ? 0 : 0x200)
  const cells = [
    device || '*',
    littleEndian(address),
    littleEndian(via ?? ''),
    hex(flags, 4),
    ...['0', '0', String(metric ?? 0)],
    littleEndian(maskOf(length)),
    ...['0', '0', '0'],
  ]
  return `${cells.join('\t')}\n`
}

const texts: Readonly<Record<string, (machine: Machine) => string>> = {
  dev: ({ interfaces }) =>
    `Inter-|   Receive                                                |  Transmit\n face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed\n${interfaces.map(deviceRow).join('')}`,
  route: machine =>
    `Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n${liveRoutes(machine).map(routeRow).join('')}`,
}

/** /proc/net: interfaces and routes as the kernel counts and keeps them. */
export const procNet: FileView = {
  folder: FOLDER,
  list: () => Object.keys(texts).map(name => `${FOLDER}/${name}`),
  read: ({ machine }: Viewpoint, path) => texts[path.slice(FOLDER.length + 1)]?.(machine) ?? '',
}
