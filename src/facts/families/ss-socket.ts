import { record } from '../parsed.ts'
import type { FactValue } from '../types.ts'

/** What the header and the options say of rows that do not say it themselves. */
export type SsTable = { readonly protocol: string | undefined; readonly state: string | undefined }

const states =
  /^(?:LISTEN|UNCONN|ESTAB|SYN-SENT|SYN-RECV|NEW-SYN-RECV|FIN-WAIT-[12]|TIME-WAIT|CLOSE-WAIT|LAST-ACK|CLOSING|CLOSED|CLOSE|BOUND-INACTIVE|UNKNOWN)$/

const portOf = (text: string): number | undefined => (/^\d+$/.test(text) ? Number(text) : undefined)

const endOf = (word: string) => {
  const colon = word.lastIndexOf(':')
  return colon < 0
    ? { address: word, port: '' }
    : { address: word.slice(0, colon), port: word.slice(colon + 1) }
}

// `users:(("sshd",pid=87,fd=3))`, before iproute2 4.0 `users:(("sshd",87,3))`
const ownersOf = (rest: string) => {
  const owners = [...rest.matchAll(/\("([^"]*)",(?:pid=)?(\d+)/g)]
  const pids = [...new Set(owners.map(([, , pid]) => Number(pid)))]
  return { process: owners[0]?.[1], pid: pids[0], pids: pids.length > 1 ? pids : undefined }
}

const figure = (rest: string, pattern: RegExp): number | undefined => {
  const digits = pattern.exec(rest)?.[1]
  return digits === undefined ? undefined : Number(digits)
}

// What -e, -o and -i add, on the line itself or the one below.
const detailsOf = (rest: string) => ({
  user: /\buid:(\d+)/.exec(rest)?.[1],
  inode: figure(rest, /\bino:(\d+)/),
  timer: /\btimer:\(([^)]*)\)/.exec(rest)?.[1],
  rttMs: figure(rest, /\brtt:([\d.]+)\//),
  congestionWindow: figure(rest, /\bcwnd:(\d+)/),
  retransmitted: figure(rest, /\bretrans:\d+\/(\d+)/),
})

type Ends = { readonly local: string; readonly peer: string; readonly rest: string }

/** A port that is given by the name of its service. */
export const serviceOf = (port: string): string | undefined =>
  portOf(port) === undefined && port !== '*' && port !== '' ? port : undefined

const inetSocket = ({ local, peer, rest }: Ends) => {
  const [here, there] = [endOf(local), endOf(peer)]
  return {
    localAddress: here.address,
    localPort: portOf(here.port),
    localService: serviceOf(here.port),
    peerAddress: there.address,
    peerPort: portOf(there.port),
    peerService: serviceOf(there.port),
    ...ownersOf(rest),
    ...detailsOf(rest),
  }
}

// A socket within the machine has a path, or `*`, and its inode on either side.
const unixSocket = (words: readonly string[]) => {
  const [local = '', inode = '', peer = '', peerInode = '', ...rest] = words
  return {
    localAddress: local,
    peerAddress: peer,
    ...ownersOf(rest.join(' ')),
    ...detailsOf(rest.join(' ')),
    inode: portOf(inode),
    peerInode: portOf(peerInode) || undefined,
  }
}

const isProtocol = (word: string): boolean => /^(?:\?\?\?|[a-z][\w?]*)$/.test(word)

/** A row of ss as a socket; `undefined` when it is none. */
export const ssSocket = (text: string, table: SsTable): FactValue | undefined => {
  const words = text.trim().split(/\s+/)
  const named = isProtocol(words[0] ?? '') ? words.shift() : undefined
  const shown = states.test(words[0] ?? '') ? words.shift() : table.state
  const [received = '', sent = '', local = '', peer = '', ...rest] = words
  if (shown === undefined || !/^\d+$/.test(received) || !/^\d+$/.test(sent)) return undefined
  if (local === '' || peer === '') return undefined
  const isUnix = named?.startsWith('u_') === true
  if (!isUnix && !local.includes(':')) return undefined
  const ends = isUnix ? unixSocket(words.slice(2)) : inetSocket({ local, peer, rest: rest.join(' ') })
  const protocol = named ?? table.protocol
  return record({ protocol, state: shown, receiveQueue: Number(received), sendQueue: Number(sent), ...ends })
}
