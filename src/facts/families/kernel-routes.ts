import { type Located, record } from '../parsed.ts'
import type { TextLine } from '../text/lines.ts'
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
    metric: withMetric ? Number(fifth) : undefined,
    down: flags.includes('U') || flags.includes('!') ? undefined : true,
  })
}

/** The routes of `netstat -rn` and `route -n`, in the terms of `ip route`. Only `route` shows metrics. */
export const kernelRoutes = (lines: readonly TextLine[]): readonly Located<FactValue>[] => {
  const withMetric = lines.some(({ text }) => /\sMetric\s/.test(text))
  return lines.flatMap(({ number, text }) => {
    const value = routeOf(text, withMetric)
    return value === undefined ? [] : [{ line: number, value }]
  })
}
