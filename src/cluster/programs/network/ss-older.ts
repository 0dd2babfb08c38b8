import type { SsColumns } from './ss-columns.ts'
import { type Row, splitPort } from './ss-columns.ts'

const USUAL_SCREEN = 80
const NETID = 5
const STATE = 10
const QUEUES = 14
/** What the port's column takes from that of the address. */
const TO_PORT = 13

/** An address as ss wrote it before 4.18: without brackets, and any address of IPv4 as a star. */
const older = (address: string): string => {
  if (address === '*' || address === '[::]') return '::'
  return address === '0.0.0.0' ? '*' : address.replace(/^\[(.*)\]/, '$1')
}

/** An address of IPv6 that does not fit takes four columns at a time. */
const widthFor = (address: string, width: number): number =>
  !address.includes('::') || address.length <= width
    ? width
    : width + Math.ceil((address.length - width) / 4) * 4

const endpoint = (
  text: string,
  { address, port }: { readonly address: number; readonly port: number },
): string => {
  const [where, which] = splitPort(text)
  const shown = older(where)
  return `${shown.padStart(widthFor(shown, address))}${which.slice(0, 1)}${which.slice(1).padEnd(port)}`
}

/** The rows below their titles in columns that the screen sets, and each one's processes behind it, as ss of iproute2 4.11 writes them. */
export const presentOlder = (
  rows: readonly Row[],
  { withNetid, withState, screen = USUAL_SCREEN, isNumeric }: SsColumns,
): string => {
  const left = screen - (withNetid ? NETID : 0) - (withState ? STATE : 0) - QUEUES
  const odd = left % 2
  const netid = withNetid ? NETID + odd : 0
  const state = withState ? STATE + (withNetid ? 0 : odd) : 0
  const port = isNumeric ? 5 : 7
  const half = Math.max(15 + port + 1, Math.floor(left / 2) - 1)
  const widths = { address: half - port - 1 - TO_PORT, port: port + TO_PORT }
  const line = ([kind, condition, receive, send, local, peer, process]: Row): string =>
    [
      ...(withNetid ? [kind.padEnd(netid)] : []),
      ...(withState ? [condition.padEnd(state)] : []),
      receive.padEnd(6),
      send.padEnd(6),
      endpoint(local, widths),
      `${endpoint(peer, widths)} ${process === '' ? '' : ` ${process}`}\n`,
    ].join(' ')
  const titles: Row = ['Netid', 'State', 'Recv-Q', 'Send-Q', 'Local Address:Port', 'Peer Address:Port', '']
  return [titles, ...rows].map(line).join('')
}
