import type { NetworkInterface } from '../world/network.ts'
import type { FileView, Viewpoint } from './views.ts'

const FOLDER = '/sys/class/net'

const hasLink = ({ isUp, hasCarrier }: NetworkInterface): boolean => isUp && hasCarrier

const isStateless = ({ kind }: NetworkInterface): boolean =>
  kind === 'loopback' || kind === 'ipip' || kind === 'vxlan' || kind === 'tunnel' || kind === 'dummy'

const counters = ({ received, sent }: NetworkInterface): Readonly<Record<string, number>> => ({
  rx_bytes: received.bytes,
  rx_packets: received.packets,
  rx_errors: received.errors,
  rx_dropped: received.dropped,
  tx_bytes: sent.bytes,
  tx_packets: sent.packets,
  tx_errors: sent.errors,
  tx_dropped: sent.dropped,
})

const textsOf = (device: NetworkInterface): Readonly<Record<string, string>> => ({
  address: device.mac,
  carrier: hasLink(device) ? '1' : '0',
  flags: `0x${device.isUp ? '1003' : '1002'}`,
  ifindex: String(device.index),
  mtu: String(device.mtu),
  operstate: hasLink(device) ? (isStateless(device) ? 'unknown' : 'up') : 'down',
  speed: '-1',
  tx_queue_len: '1000',
  type: device.kind === 'loopback' ? '772' : device.kind === 'ipip' ? '768' : '1',
  ...Object.fromEntries(
    Object.entries(counters(device)).map(([name, value]) => [
      `statistics/${name}`,
      String(Math.round(value)),
    ]),
  ),
})

/** /sys/class/net: each interface of a machine as a folder, see sysfs-class-net. */
export const sysNet: FileView = {
  folder: FOLDER,
  list: ({ machine }) =>
    machine.interfaces.flatMap(device =>
      Object.keys(textsOf(device)).map(name => `${FOLDER}/${device.name}/${name}`),
    ),
  read: ({ machine }: Viewpoint, path) => {
    const [, name, file] = /^([^/]+)\/(.*)$/.exec(path.slice(FOLDER.length + 1)) ?? []
    const device = machine.interfaces.find(each => each.name === name)
    return device === undefined ? '' : `${textsOf(device)[file ?? ''] ?? ''}\n`
  },
}
