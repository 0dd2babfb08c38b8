import { maskOf, numberOfAddress, readNetwork } from '../network/addresses.ts'
import { trackedOf } from '../network/conntrack-use.ts'
import { liveRoutes } from '../network/find-route.ts'
import { type Neighbour, neighboursOf } from '../network/neighbours.ts'
import { userIdOf } from '../relations/accounts.ts'
import { type Descriptor, descriptorsOf } from '../relations/descriptors.ts'
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

const socketRow = (machine: Machine, at: number, socket: Descriptor): string => {
  const { listener, open, inode, process } = socket
  const end = (address: string, port: number): string =>
    `${littleEndian(address.startsWith('[') || address === '*' ? '0.0.0.0' : address)}:${hex(port, 4)}`
  const local =
    open === undefined
      ? end(listener?.address ?? '', listener?.port ?? 0)
      : end(open.localAddress, open.localPort)
  const remote = open === undefined ? end('0.0.0.0', 0) : end(open.peerAddress, open.peerPort)
  const state =
    open === undefined ? (listener?.protocol === 'udp' ? '07' : '0A') : open.state === 'ESTAB' ? '01' : '02'
  const user = userIdOf(machine, process.user)
  return `${String(at).padStart(4)}: ${local} ${remote} ${state} 00000000:00000000 00:00000000 00000000 ${user.padStart(5)}        0 ${inode} 1 0000000000000000 100 0 0 10 0\n`
}

const SOCKETS_HEAD =
  '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n'

const socketsText = ({ world, machine }: Viewpoint, protocol: 'tcp' | 'udp'): string =>
  SOCKETS_HEAD +
  descriptorsOf(world, machine)
    .filter(
      ({ listener, open }) => listener?.protocol === protocol || (open !== undefined && protocol === 'tcp'),
    )
    .map((socket, at) => socketRow(machine, at, socket))
    .join('')

const isOfSix = ({ listener, open }: Descriptor): boolean =>
  open === undefined ? /^[[*]/.test(listener?.address ?? '') : open.isMapped === true

/** How many sockets of one family of addresses there are, and how many of all kinds. */
export type SocketCounts = { readonly tcp: number; readonly udp: number; readonly all: number }

/** Counts a machine's sockets. */
export const socketCounts = ({ world, machine }: Viewpoint, ofSix: boolean): SocketCounts => {
  const all = descriptorsOf(world, machine).filter(
    ({ listener, open, unix }) => listener !== undefined || open !== undefined || unix !== undefined,
  )
  const own = all.filter(socket => socket.unix === undefined && isOfSix(socket) === ofSix)
  const udp = own.filter(({ listener }) => listener?.protocol === 'udp').length
  return { tcp: own.length - udp, udp, all: all.length }
}

const sockets4 = (at: Viewpoint): string => {
  const { tcp, udp, all } = socketCounts(at, false)
  const waiting = Math.round(trackedOf(at.machine) / 12)
  const held = tcp + socketCounts(at, true).tcp
  return `sockets: used ${all}\nTCP: inuse ${tcp} orphan 0 tw ${waiting} alloc ${held + 3} mem ${Math.round(tcp / 4)}\nUDP: inuse ${udp} mem ${udp}\nUDPLITE: inuse 0\nRAW: inuse 0\nFRAG: inuse 0 memory 0\n`
}

const sockets6 = (at: Viewpoint): string => {
  const { tcp, udp } = socketCounts(at, true)
  return `TCP6: inuse ${tcp}\nUDP6: inuse ${udp}\nUDPLITE6: inuse 0\nRAW6: inuse 0\nFRAG6: inuse 0 memory 0\n`
}

const neighbourRow = ({ address, mac, device, state }: Neighbour): string => {
  const flags = mac === undefined ? '0x0' : state === 'PERMANENT' ? '0x6' : '0x2'
  return `${address.padEnd(17)}0x1         ${flags.padEnd(12)}${mac ?? '00:00:00:00:00:00'}     *        ${device}\n`
}

const texts: Readonly<Record<string, (at: Viewpoint) => string>> = {
  arp: ({ world, machine }) =>
    `IP address       HW type     Flags       HW address            Mask     Device\n${neighboursOf(world, machine).map(neighbourRow).join('')}`,
  dev: ({ machine: { interfaces } }) =>
    `Inter-|   Receive                                                |  Transmit\n face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed\n${interfaces.map(deviceRow).join('')}`,
  route: ({ machine }) =>
    `Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n${liveRoutes(machine).map(routeRow).join('')}`,
  sockstat: sockets4,
  sockstat6: sockets6,
  tcp: at => socketsText(at, 'tcp'),
  udp: at => socketsText(at, 'udp'),
}

/** /proc/net: interfaces, routes, neighbours and sockets as the kernel counts and keeps them. */
export const procNet: FileView = {
  folder: FOLDER,
  list: () => Object.keys(texts).map(name => `${FOLDER}/${name}`),
  read: (at, path) => texts[path.slice(FOLDER.length + 1)]?.(at) ?? '',
}
