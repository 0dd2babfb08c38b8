import { maskOf, numberOfAddress, readNetwork } from '../network/addresses.ts'
import { type Established, establishedOf } from '../network/established.ts'
import { listRoutes } from '../network/find-route.ts'
import { type Neighbour, neighboursOf } from '../network/neighbours.ts'
import { userIdOf } from '../relations/accounts.ts'
import { descriptorsOf } from '../relations/descriptors.ts'
import { listenersOf } from '../relations/listeners.ts'
import type { Listener } from '../world/machine.ts'
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

/** A socket as the kernel lists it: those of tunnels and of servers of files no process holds. */
type Socket = {
  readonly protocol: 'tcp' | 'udp'
  readonly isOfSix: boolean
  readonly local: string
  readonly remote: string
  readonly state: string
  readonly user: string
  readonly inode: number
}

const MAPPED = '0000000000000000FFFF0000'
const LOOPBACK_OF_SIX = '00000000000000000000000001000000'

const endOf = (isOfSix: boolean, address: string, port: number): string => {
  const of4 = littleEndian(/^[\d.]+$/.test(address) ? address : '0.0.0.0')
  const of6 = address === '[::1]' ? LOOPBACK_OF_SIX : of4 === '00000000' ? '0'.repeat(32) : `${MAPPED}${of4}`
  return `${isOfSix ? of6 : of4}:${hex(port, 4)}`
}

type Who = Pick<Socket, 'user' | 'inode'>

const ofListener = ({ protocol, address, port }: Listener, who: Who): Socket => {
  const isOfSix = /^[[*]/.test(address)
  return {
    protocol,
    isOfSix,
    local: endOf(isOfSix, address, port),
    remote: endOf(isOfSix, '0.0.0.0', 0),
    state: protocol === 'udp' ? '07' : '0A',
    ...who,
  }
}

const ofOpen = (open: Established, who: Who): Socket => {
  const isOfSix = open.isMapped === true
  return {
    protocol: 'tcp',
    isOfSix,
    local: endOf(isOfSix, open.localAddress, open.localPort),
    remote: endOf(isOfSix, open.peerAddress, open.peerPort),
    state: open.state === 'ESTAB' ? '01' : '02',
    ...who,
  }
}

const KERNEL: Who = { user: '0', inode: 0 }

/** The sockets of the internet that a machine has: what its processes hold, and the kernel's own. */
const internetSockets = ({ world, machine }: Viewpoint): readonly Socket[] => [
  ...descriptorsOf(world, machine).flatMap(({ listener, open, inode = 0, process }) => {
    const who = { user: userIdOf(machine, process.user), inode }
    if (listener !== undefined) return [ofListener(listener, who)]
    return open === undefined ? [] : [ofOpen(open, who)]
  }),
  ...listenersOf(world, machine)
    .filter(({ pid }) => pid === 0)
    .map(({ listener }) => ofListener(listener, KERNEL)),
  ...establishedOf(world, machine)
    .filter(({ pid }) => pid === 0)
    .map(open => ofOpen(open, KERNEL)),
]

const socketRow = ({ local, remote, state, user, inode }: Socket, at: number): string =>
  `${String(at).padStart(4)}: ${local} ${remote} ${state} 00000000:00000000 00:00000000 00000000 ${user.padStart(5)}        0 ${inode} 1 0000000000000000 100 0 0 10 0\n`

const headOf = (isOfSix: boolean): string => {
  const [local, remote] = ['local_address', isOfSix ? 'remote_address' : 'rem_address']
  const width = isOfSix ? 37 : 13
  return `  sl  ${local.padEnd(width)} ${remote.padEnd(width)} st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n`
}

const socketsText = (at: Viewpoint, { protocol, isOfSix }: Pick<Socket, 'protocol' | 'isOfSix'>): string =>
  headOf(isOfSix) +
  internetSockets(at)
    .filter(socket => socket.protocol === protocol && socket.isOfSix === isOfSix)
    .map(socketRow)
    .join('')

/** How many sockets of one family of addresses there are, and how many of all kinds. */
export type SocketCounts = { readonly tcp: number; readonly udp: number; readonly all: number }

/** Counts a machine's sockets. */
export const socketCounts = (at: Viewpoint, ofSix: boolean): SocketCounts => {
  const { world, machine } = at
  const internet = internetSockets(at)
  const paths = descriptorsOf(world, machine).filter(({ unix }) => unix !== undefined)
  const own = internet.filter(socket => socket.isOfSix === ofSix)
  const udp = own.filter(({ protocol }) => protocol === 'udp').length
  return { tcp: own.length - udp, udp, all: internet.length + paths.length }
}

const sockets4 = (at: Viewpoint): string => {
  const { tcp, udp, all } = socketCounts(at, false)
  const held = tcp + socketCounts(at, true).tcp
  return `sockets: used ${all}\nTCP: inuse ${tcp} orphan 0 tw 0 alloc ${held + 3} mem ${Math.round(tcp / 4)}\nUDP: inuse ${udp} mem ${udp}\nUDPLITE: inuse 0\nRAW: inuse 0\nFRAG: inuse 0 memory 0\n`
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
    `Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n${listRoutes(machine).map(routeRow).join('')}`,
  sockstat: sockets4,
  sockstat6: sockets6,
  tcp: at => socketsText(at, { protocol: 'tcp', isOfSix: false }),
  tcp6: at => socketsText(at, { protocol: 'tcp', isOfSix: true }),
  udp: at => socketsText(at, { protocol: 'udp', isOfSix: false }),
  udp6: at => socketsText(at, { protocol: 'udp', isOfSix: true }),
}

/** /proc/net: interfaces, routes, neighbours and sockets as the kernel counts and keeps them. */
export const procNet: FileView = {
  folder: FOLDER,
  list: () => Object.keys(texts).map(name => `${FOLDER}/${name}`),
  read: (at, path) => texts[path.slice(FOLDER.length + 1)]?.(at) ?? '',
}
