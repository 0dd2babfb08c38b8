import { type Located, record } from '../parsed.ts'
import type { TextLine } from '../text/lines.ts'
import { unsigned32 } from '../text/number.ts'
import type { FactValue } from '../types.ts'

const rowPattern =
  /^(\S+)\s+(\S+)\s+(\d+\.\d+\.\d+\.\d+)\s+([UGHRDMAC!]+)\s+(\S+)\s+(\S+)\s+(\S+)\s+(\S+)\s*$/

/** How many bits of an address a mask such as 255.255.255.0 holds. */
export const prefixLength = (mask: string): number =>
  mask.split('.').reduce((bits, part) => bits + Number(part).toString(2).replaceAll('0', '').length, 0)

const destinationOf = (network: string, mask: string): string => {
  if (mask === '0.0.0.0') return 'default'
  return mask === '255.255.255.255' || !/^[\d.]+$/.test(network)
    ? network
    : `${network}/${prefixLength(mask)}`
}

const noGateway = ['0.0.0.0', '*', '-']

const routeOf = (text: string, withMetric: boolean): FactValue | undefined => {
  const match = rowPattern.exec(text)
  if (match === null) return undefined
  const [, network = '', gateway = '', mask = '', flags = '', fifth = '', , , device = ''] = match
  return record({
    destination: destinationOf(network, mask),
    kind: flags.includes('!') ? 'unreachable' : undefined,
    gateway: noGateway.includes(gateway) ? undefined : gateway,
    device: device === '-' || device === '*' ? undefined : device,
    // What is above 2^31 is printed as a negative number.
    metric: withMetric ? unsigned32(Number(fifth)) : undefined,
    down: flags.includes('U') || flags.includes('!') ? undefined : true,
  })
}

const row6Pattern =
  /^([\da-fA-F:.]+\/\d+|default|\[::\]\/0)\s+(\S+)\s+([!A-Za-z]+)\s+(-?\d+)\s+\d+\s+\d+\s+(\S+)\s*$/

// `::/0  fd00::1  UG  1024 2  0 eth0`; `Un` is an address of the machine itself.
const route6Of = (text: string): FactValue | undefined => {
  const [, network, gateway = '', flags = '', metric, device] = row6Pattern.exec(text) ?? []
  if (network === undefined) return undefined
  return record({
    destination: /^(?:\[::\]|::)\/0$/.test(network) ? 'default' : network.replace(/\/128$/, ''),
    kind: flags.includes('!') ? 'unreachable' : undefined,
    gateway: gateway === '::' || gateway === '[::]' ? undefined : gateway,
    device,
    metric: Number(metric),
    down: flags.includes('U') || flags.includes('!') ? undefined : true,
  })
}

/** The routes of `netstat -rn` and `route -n`, of IPv6 too, in the terms of `ip route`. Only `route` shows metrics. */
export const kernelRoutes = (lines: readonly TextLine[]): readonly Located<FactValue>[] => {
  const withMetric = lines.some(({ text }) => /\sMetric\s/.test(text))
  return lines.flatMap(({ number, text }) => {
    const value = routeOf(text, withMetric) ?? route6Of(text)
    return value === undefined ? [] : [{ line: number, value }]
  })
}
