import { type Located, record } from '../parsed.ts'
import type { TextLine } from '../text/lines.ts'
import type { FactValue } from '../types.ts'
import { serviceOf } from './ss-socket.ts'

// What ss calls the states, so that a condition need not know which of the two programs was run.
const states: Readonly<Record<string, string>> = {
  ESTABLISHED: 'ESTAB',
  SYN_SENT: 'SYN-SENT',
  SYN_RECV: 'SYN-RECV',
  FIN_WAIT1: 'FIN-WAIT-1',
  FIN_WAIT2: 'FIN-WAIT-2',
  TIME_WAIT: 'TIME-WAIT',
  CLOSE: 'UNCONN',
  CLOSE_WAIT: 'CLOSE-WAIT',
  LAST_ACK: 'LAST-ACK',
  LISTEN: 'LISTEN',
  CLOSING: 'CLOSING',
}

const rowPattern =
  /^(tcp|udp|raw|sctp|udplite)6?\s+(\d+)\s+(\d+)\s+(\S+):([^\s:]+)\s+(\S+):([^\s:]+)(?:\s+([A-Z][A-Z_12]+)\b)?(?:\s+([\w.-]+)\s+(\d+)(?=\s|$))?\s*(-|\d+\/.*)?$/
const timerPattern = /\s((?:off|on|keepalive|timewait|unkn-\d+) \([\d.]+\/\d+\/\d+\))\s*$/

const portOf = (text: string): number | undefined => (/^\d+$/.test(text) ? Number(text) : undefined)

// A datagram socket has no state; one without a peer only waits.
const stateOf = (printed: string | undefined, peerPort: string): string => {
  if (printed !== undefined) return states[printed] ?? printed
  return peerPort === '*' ? 'UNCONN' : 'ESTAB'
}

// Addresses are cut to the width of their column, 23 with the port, unless -W was given: then only a beginning is known.
const wholeAddress = (address: string, port: string): string | undefined =>
  address.includes(':') && address.length + port.length + 1 === 23 ? undefined : address

const socketOf = (text: string): FactValue | undefined => {
  const match = rowPattern.exec(text.replace(timerPattern, '').trimEnd())
  if (match === null) return undefined
  const [, protocol = '', received, sent, local = '', localPort = '', peer = '', peerPort = ''] = match
  const [state, user, inode, owner] = match.slice(8)
  const timer = timerPattern.exec(text)?.[1]
  const [, pid, process] = /^(\d+)\/(.*)$/.exec(owner ?? '') ?? []
  return record({
    protocol,
    state: stateOf(state, peerPort),
    localAddress: wholeAddress(local, localPort),
    localPort: portOf(localPort),
    localService: serviceOf(localPort),
    peerAddress: wholeAddress(peer, peerPort),
    peerPort: portOf(peerPort),
    peerService: serviceOf(peerPort),
    receiveQueue: Number(received),
    sendQueue: Number(sent),
    user,
    inode: inode === undefined ? undefined : Number(inode),
    timer: timer?.startsWith('off') ? undefined : timer,
    process: process?.trim(),
    pid: pid === undefined ? undefined : Number(pid),
  })
}

const unixPattern =
  /^unix\s+(\d+)\s+\[([^\]]*)\]\s+([A-Z]+)\s+(?:([A-Z]+)\s+)?(\d+)(?:\s+(-|\d+\/\S[^/]*?)(?=\s{2}|\s*$))?(?:\s+(\S.*))?$/
const unixStates: Readonly<Record<string, string>> = { LISTENING: 'LISTEN', CONNECTED: 'ESTAB' }

const unixSocket = (text: string): FactValue | undefined => {
  const match = unixPattern.exec(text.trimEnd())
  if (match === null) return undefined
  const [, references, , type = '', state, inode, owner, path] = match
  const [, pid, process] = /^(\d+)\/(.*)$/.exec(owner ?? '') ?? []
  return record({
    protocol: 'unix',
    type,
    state: state === undefined ? 'UNCONN' : (unixStates[state] ?? state),
    localAddress: path,
    inode: Number(inode),
    references: Number(references),
    process: process?.trim(),
    pid: pid === undefined ? undefined : Number(pid),
  })
}

/** The sockets of a netstat table, those within the machine too, in the terms of ss. */
export const netstatSockets = (lines: readonly TextLine[]): readonly Located<FactValue>[] =>
  lines.flatMap(({ number, text }) => {
    const value = text.startsWith('unix') ? unixSocket(text) : socketOf(text)
    return value === undefined ? [] : [{ line: number, value }]
  })
