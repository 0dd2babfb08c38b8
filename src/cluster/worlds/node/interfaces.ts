import type { NetworkInterface } from '../../world/network.ts'

const counters = () => ({ bytes: 0, packets: 0, errors: 0, dropped: 0 })

/** The loopback interface. */
export const createLoopback = (): NetworkInterface => ({
  index: 1,
  name: 'lo',
  kind: 'loopback',
  mac: '00:00:00:00:00:00',
  mtu: 65_536,
  isUp: true,
  hasCarrier: true,
  addresses: ['127.0.0.1/8'],
  master: undefined,
  vxlan: undefined,
  received: counters(),
  sent: counters(),
})

/** The first ethernet interface of a machine of a site; `index` tells the machines apart, `os` how it is called. */
export const createEthernet = (address: string, index: number, os: string): NetworkInterface => ({
  ...createLoopback(),
  index: 2,
  name: os === 'centos' ? 'eth0' : 'ens160',
  kind: 'ethernet',
  mac: `00:50:56:9a:1c:${(16 + index).toString(16)}`,
  mtu: 1_500,
  addresses: [`${address}/24`],
})

const FIRST_HOST_END = 14

/** The same in an LXC container: one end of a pair whose other end is on a bridge of the host. */
export const createContainerEthernet = (address: string, index: number): NetworkInterface => ({
  ...createEthernet(address, index, 'ubuntu'),
  name: 'eth0',
  mac: `00:16:3e:4d:2f:${(16 + index).toString(16)}`,
  hostEnd: FIRST_HOST_END + index * 2,
})
