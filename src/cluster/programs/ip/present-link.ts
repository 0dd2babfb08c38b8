import { broadcastOf } from '../../network/addresses.ts'
import { isBefore } from '../../relations/userland.ts'
import type { Machine } from '../../world/machine.ts'
import type { NetworkInterface } from '../../world/network.ts'

const flagsOf = ({ kind, isUp, hasCarrier, made, master }: NetworkInterface): string => {
  const kinds =
    kind === 'loopback'
      ? ['LOOPBACK']
      : kind === 'ipip' || kind === 'tunnel'
        ? ['NOARP']
        : kind === 'dummy'
          ? ['BROADCAST', 'NOARP']
          : ['BROADCAST', 'MULTICAST', ...(kind === 'bond' ? ['MASTER'] : [])]
  const carrier = isUp && !hasCarrier ? ['NO-CARRIER'] : []
  const below = made?.peer !== undefined && !hasCarrier ? ['M-DOWN'] : []
  const isSlave = kind === 'ethernet' && master?.startsWith('bond') === true
  return [
    ...carrier,
    ...kinds,
    ...(isSlave ? ['SLAVE'] : []),
    ...(isUp ? ['UP'] : []),
    ...(isUp && hasCarrier ? ['LOWER_UP'] : []),
    ...below,
  ].join(',')
}

const stateless = new Set<string>(['loopback', 'ipip', 'vxlan', 'tunnel', 'dummy'])

/** The operational state as `ip link` words it. */
export const stateOf = ({ kind, isUp, hasCarrier, made }: NetworkInterface): string => {
  if (!isUp) return 'DOWN'
  if (!hasCarrier) return made?.peer === undefined ? 'DOWN' : 'LOWERLAYERDOWN'
  return stateless.has(kind) ? 'UNKNOWN' : 'UP'
}

/** The name of what queues the packets of an interface. */
export const queueOf = ({ kind, queue, made, isUp, hostEnd }: NetworkInterface): string =>
  queue?.kind ??
  (kind === 'ethernet' && hostEnd === undefined ? 'mq' : made !== undefined && !isUp ? 'noop' : 'noqueue')

/** The name with its peer, as pods' interfaces have one: `cali1a2b3c@if3`. */
const shownName = ({ name, kind, made, hostEnd }: NetworkInterface): string =>
  made?.peer !== undefined
    ? `${name}@${made.peer}`
    : hostEnd !== undefined
      ? `${name}@if${hostEnd}`
      : kind === 'veth'
        ? `${name}@if3`
        : kind === 'ipip'
          ? `${name}@NONE`
          : name

/** The first line and the link line of an interface. */
export const linkLines = (device: NetworkInterface, withMode: boolean): readonly string[] => {
  const master = device.master === undefined ? '' : ` master ${device.master}`
  const mode = withMode ? ' mode DEFAULT' : ''
  const kind = device.kind === 'loopback' ? 'loopback' : device.kind === 'ipip' ? 'ipip' : 'ether'
  const addresses =
    kind === 'ipip'
      ? '0.0.0.0 brd 0.0.0.0'
      : `${device.mac} brd ${kind === 'loopback' ? '00:00:00:00:00:00' : 'ff:ff:ff:ff:ff:ff'}`
  return [
    `${device.index}: ${shownName(device)}: <${flagsOf(device)}> mtu ${device.mtu} qdisc ${queueOf(device)}${master} state ${stateOf(device)}${mode} group default qlen 1000`,
    `    link/${kind} ${addresses}${(device.kind === 'veth' && device.made === undefined) || device.hostEnd !== undefined ? ' link-netnsid 0' : ''}`,
  ]
}

/** The details that `-d` adds. */
export const detailLines = ({ vxlan, kind, made }: NetworkInterface, local: string): readonly string[] => {
  if (vxlan !== undefined)
    return [
      `    vxlan id ${vxlan.id} local ${local} dev ${vxlan.device} srcport 0 0 dstport ${vxlan.port} nolearning ttl auto ageing 300 udpcsum noudp6zerocsumtx noudp6zerocsumrx addrgenmode eui64 numtxqueues 1 numrxqueues 1 gso_max_size 65536 gso_max_segs 65535 `,
    ]
  const queues = 'numtxqueues 1 numrxqueues 1 gso_max_size 65536 gso_max_segs 65535 '
  if (kind === 'vlan')
    return [`    vlan protocol 802.1Q id ${made?.id ?? 1} <REORDER_HDR> addrgenmode eui64 ${queues}`]
  if (kind === 'bond')
    return [
      `    bond mode ${made?.mode ?? 'balance-rr'} miimon 0 updelay 0 downdelay 0 addrgenmode eui64 ${queues}`,
    ]
  if (made !== undefined) return [`    ${kind} addrgenmode eui64 ${queues}`]
  if (kind === 'ipip')
    return [
      '    ipip any remote any local any ttl inherit nopmtudisc numtxqueues 1 numrxqueues 1 gso_max_size 65536 gso_max_segs 65535 ',
    ]
  return []
}

const olderTrafficLines = ({ received, sent }: NetworkInterface): readonly string[] => {
  const row = (values: readonly number[]): string =>
    `    ${[10, 8, 7, 7, 7, 7].map((width, index) => String(values[index] ?? 0).padEnd(width)).join(' ')} `
  return [
    '    RX: bytes  packets  errors  dropped overrun mcast   ',
    row([received.bytes, received.packets, received.errors, received.dropped, 0, 0]),
    '    TX: bytes  packets  errors  dropped carrier collsns ',
    row([sent.bytes, sent.packets, sent.errors, sent.dropped, 0, 0]),
  ]
}

/** The traffic that `-s` adds, in the columns of a machine's iproute2. */
export const trafficLines = (machine: Machine, device: NetworkInterface): readonly string[] => {
  if (isBefore(machine, 'iproute', '5.0')) return olderTrafficLines(device)
  const { received, sent } = device
  const row = (values: readonly number[]): string =>
    `    ${[10, 8, 6, 7, 7, 7].map((width, index) => String(values[index] ?? 0).padStart(width)).join(' ')} `
  return [
    '    RX:  bytes  packets errors dropped  missed   mcast           ',
    row([received.bytes, received.packets, received.errors, received.dropped, 0, 0]),
    '    TX:  bytes  packets errors dropped carrier collsns           ',
    row([sent.bytes, sent.packets, sent.errors, sent.dropped, 0, 0]),
  ]
}

const linkLocal = ({ mac }: NetworkInterface): string => {
  const bytes = mac.split(':').map(byte => Number.parseInt(byte, 16))
  const first = (((bytes[0] ?? 0) ^ 2) * 256 + (bytes[1] ?? 0)).toString(16)
  const hex = (high: number, low: number): string =>
    (((bytes[high] ?? 0) << 8) | (bytes[low] ?? 0)).toString(16)
  return `fe80::${first}:${(((bytes[2] ?? 0) << 8) | 0xff).toString(16)}:${(0xfe00 | (bytes[3] ?? 0)).toString(16)}:${hex(4, 5)}`
}

/** The addresses of an interface as `ip addr` lists them below it. */
export const addressLines = (device: NetworkInterface): readonly string[] => {
  const isLoopback = device.kind === 'loopback'
  const forever = '       valid_lft forever preferred_lft forever'
  const v4 = device.addresses.flatMap(address => {
    const broadcast = isLoopback || address.endsWith('/32') ? '' : ` brd ${broadcastOf(address)}`
    return [`    inet ${address}${broadcast} scope ${isLoopback ? 'host' : 'global'} ${device.name}`, forever]
  })
  if (isLoopback) return [...v4, '    inet6 ::1/128 scope host ', forever]
  if (!device.isUp || device.kind === 'ipip') return v4
  return [...v4, `    inet6 ${linkLocal(device)}/64 scope link `, forever]
}

/** One row of `ip -br addr` or `ip -br link`. */
export const briefRow = (device: NetworkInterface, what: 'addr' | 'link'): string => {
  const head = `${shownName(device).padEnd(16)} ${stateOf(device).padEnd(14)} `
  if (what === 'link') return `${head}${device.mac} <${flagsOf(device)}> `
  const six =
    device.kind === 'loopback'
      ? ['::1/128']
      : device.isUp && device.kind !== 'ipip'
        ? [`${linkLocal(device)}/64`]
        : []
  return `${head}${[...device.addresses, ...six].join(' ')} `
}

/** The fields of an interface that `ip -j addr` prints. */
export const jsonOf = (device: NetworkInterface): object => ({
  ifindex: device.index,
  ifname: device.name,
  flags: flagsOf(device).split(','),
  mtu: device.mtu,
  qdisc: queueOf(device),
  ...(device.master === undefined ? {} : { master: device.master }),
  operstate: stateOf(device),
  group: 'default',
  txqlen: 1000,
  link_type: device.kind === 'loopback' ? 'loopback' : 'ether',
  address: device.mac,
  addr_info: device.addresses.map(address => {
    const [local, length] = address.split('/')
    return {
      family: 'inet',
      local,
      prefixlen: Number(length),
      scope: device.kind === 'loopback' ? 'host' : 'global',
      label: device.name,
    }
  }),
})
