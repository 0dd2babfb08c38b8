import { type Call, onMachines, type Program, type Reply } from '../../shell/program.ts'
import type { NetworkInterface } from '../../world/network.ts'

const lines = (rows: readonly string[]): Reply => ({ stdout: rows.map(row => `${row}\n`).join('') })

const settings = (device: NetworkInterface): Reply => {
  const hasLink = device.isUp && device.hasCarrier
  const isPair = device.hostEnd !== undefined
  const isVirtual = device.kind !== 'ethernet'
  return lines([
    `Settings for ${device.name}:`,
    ...(isVirtual
      ? []
      : [
          '\tSupported ports: [  ]',
          '\tSupported link modes:   Not reported',
          '\tSupported pause frame use: No',
          '\tSupports auto-negotiation: No',
          '\tSupported FEC modes: Not reported',
          '\tAdvertised link modes:  Not reported',
          '\tAdvertised pause frame use: No',
          '\tAdvertised auto-negotiation: No',
          '\tAdvertised FEC modes: Not reported',
          `\tSpeed: ${isPair ? '10000Mb/s' : 'Unknown!'}`,
          `\tDuplex: ${isPair ? 'Full' : 'Unknown! (255)'}`,
          '\tAuto-negotiation: off',
          `\tPort: ${isPair ? 'Twisted Pair' : 'Other'}`,
          '\tPHYAD: 0',
          '\tTransceiver: internal',
        ]),
    `\tLink detected: ${hasLink ? 'yes' : 'no'}`,
  ])
}

const drivers: Partial<Record<NetworkInterface['kind'], string>> = {
  ethernet: 'virtio_net',
  bridge: 'bridge',
  veth: 'veth',
  vxlan: 'vxlan',
  ipip: 'ipip',
}

const driver = (device: NetworkInterface): Reply => {
  const kind = device.hostEnd === undefined ? device.kind : 'veth'
  return lines([
    `driver: ${drivers[kind] ?? kind}`,
    'version: 1.0.0',
    'firmware-version: ',
    'expansion-rom-version: ',
    `bus-info: ${kind === 'ethernet' ? '0000:03:00.0' : ''}`,
    `supports-statistics: ${kind === 'ethernet' ? 'yes' : 'no'}`,
    'supports-test: no',
    'supports-eeprom-access: no',
    'supports-register-dump: no',
    'supports-priv-flags: no',
  ])
}

const counters = ({ received, sent }: NetworkInterface): Reply =>
  lines([
    'NIC statistics:',
    `     rx_queue_0_packets: ${received.packets}`,
    `     rx_queue_0_bytes: ${received.bytes}`,
    `     rx_queue_0_drops: ${received.dropped}`,
    `     tx_queue_0_packets: ${sent.packets}`,
    `     tx_queue_0_bytes: ${sent.bytes}`,
  ])

const features = (name: string): Reply =>
  lines([
    `Features for ${name}:`,
    'rx-checksumming: on [fixed]',
    'tx-checksumming: on',
    '\ttx-checksum-ip-generic: on',
    'scatter-gather: on',
    'tcp-segmentation-offload: on',
    'generic-segmentation-offload: on',
    'generic-receive-offload: on',
    'large-receive-offload: off [fixed]',
  ])

const run = ({ machine, args }: Call): Reply => {
  const option = args.find(word => word.startsWith('-'))
  const name = args.find(word => !word.startsWith('-'))
  if (name === undefined)
    return { stderr: 'ethtool: bad command line argument(s)\nFor more information run ethtool -h\n', exit: 1 }
  const device = machine.interfaces.find(candidate => candidate.name === name)
  if (device === undefined)
    return {
      stderr: `netlink error: no device matches name (offset 24)\nnetlink error: No such device\n`,
      exit: 1,
    }
  if (option === '-i' || option === '--driver') return driver(device)
  if (option === '-S' || option === '--statistics') return counters(device)
  if (option === '-k' || option === '--show-features') return features(name)
  return option === undefined ? settings(device) : {}
}

/** ethtool(8): the link of an interface, its driver and counters; setting features changes nothing that could be seen. */
export const ethtool: Program = { names: ['ethtool'], isInstalled: onMachines, run }
