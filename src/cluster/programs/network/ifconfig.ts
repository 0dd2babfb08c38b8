import { broadcastOf, maskOf, readNetwork } from '../../network/addresses.ts'
import { everywhere, type Program, type Reply } from '../../shell/program.ts'
import type { NetworkInterface } from '../../world/network.ts'

const readable = (bytes: number): string => {
  const units = ['B', 'KB', 'MB', 'GB', 'TB']
  const at = bytes < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3))
  return `${(bytes / 1000 ** at).toFixed(1)} ${units[at]}`
}

const flagsOf = ({ kind, isUp, hasCarrier }: NetworkInterface): string => {
  const number = kind === 'loopback' ? 73 : isUp ? (hasCarrier ? 4163 : 4099) : 4098
  const names =
    kind === 'loopback'
      ? ['UP', 'LOOPBACK', 'RUNNING']
      : [...(isUp ? ['UP'] : []), 'BROADCAST', ...(isUp && hasCarrier ? ['RUNNING'] : []), 'MULTICAST']
  return `${number}<${names.join(',')}>`
}

const present = (device: NetworkInterface): string => {
  const [address] = device.addresses
  const isLoopback = device.kind === 'loopback'
  const { received, sent } = device
  return [
    `${device.name}: flags=${flagsOf(device)}  mtu ${device.mtu}`,
    ...(address === undefined
      ? []
      : [
          `        inet ${address.split('/')[0]}  netmask ${maskOf(readNetwork(address)?.length ?? 32)}${isLoopback ? '' : `  broadcast ${broadcastOf(address)}`}`,
        ]),
    isLoopback
      ? '        loop  txqueuelen 1000  (Local Loopback)'
      : `        ether ${device.mac}  txqueuelen ${device.kind === 'ethernet' ? 1000 : 0}  (Ethernet)`,
    `        RX packets ${received.packets}  bytes ${received.bytes} (${readable(received.bytes)})`,
    `        RX errors ${received.errors}  dropped ${received.dropped}  overruns 0  frame 0`,
    `        TX packets ${sent.packets}  bytes ${sent.bytes} (${readable(sent.bytes)})`,
    `        TX errors ${sent.errors}  dropped ${sent.dropped} overruns 0  carrier 0  collisions 0`,
    '',
    '',
  ].join('\n')
}

const run = (args: readonly string[], devices: readonly NetworkInterface[]): Reply => {
  const name = args.find(word => !word.startsWith('-'))
  if (name === undefined)
    return {
      stdout: devices
        .filter(d => d.isUp || args.includes('-a'))
        .map(present)
        .join(''),
    }
  const device = devices.find(candidate => candidate.name === name)
  if (device === undefined)
    return { stderr: `${name}: error fetching interface information: Device not found\n`, exit: 1 }
  if (args.includes('up')) device.isUp = true
  if (args.includes('down')) device.isUp = false
  return args.includes('up') || args.includes('down') ? {} : { stdout: present(device) }
}

/** ifconfig(8) of net-tools. */
export const ifconfig: Program = {
  names: ['ifconfig'],
  isInstalled: everywhere,
  run: ({ args, machine }) => run(args, machine.interfaces),
}
