import { trackedOf } from '../../network/conntrack-use.ts'
import { type Established, establishedOf } from '../../network/established.ts'
import { stationOf } from '../../network/station.ts'
import { type HeldListener, listenersOf, podListenersOf } from '../../relations/listeners.ts'
import { type Call, everywhere, type Program, type Reply } from '../../shell/program.ts'
import { readOptions } from './option-reader.ts'

const table = {
  switches: [
    't',
    'u',
    'l',
    'p',
    'n',
    'a',
    's',
    'e',
    'o',
    'i',
    'x',
    'w',
    '4',
    '6',
    'm',
    'H',
    'tcp',
    'udp',
    'listening',
    'processes',
    'numeric',
    'all',
    'summary',
    'no-header',
  ],
  valued: ['f', 'A'],
}

const usersOf = ({ name, pid }: { readonly name: string; readonly pid: number }, fd: number): string =>
  pid === 0 ? '' : `users:(("${name}",pid=${pid},fd=${fd}))`

type Row = readonly [
  netid: string,
  state: string,
  receive: string,
  send: string,
  local: string,
  peer: string,
  process: string,
]

const listenerRow = (held: HeldListener): Row => {
  const { protocol, address, port } = held.listener
  const any = address === '*' ? '*:*' : address.startsWith('[') ? '[::]:*' : '0.0.0.0:*'
  const isTcp = protocol === 'tcp'
  return [
    protocol,
    isTcp ? 'LISTEN' : 'UNCONN',
    '0',
    isTcp ? '4096' : '0',
    `${address}:${port}`,
    any,
    usersOf(held, 3 + (port % 13)),
  ]
}

const establishedRow = (socket: Established): Row => [
  'tcp',
  socket.state,
  '0',
  socket.state === 'SYN-SENT' ? '1' : '0',
  `${socket.localAddress}:${socket.localPort}`,
  `${socket.peerAddress}:${socket.peerPort}`,
  usersOf(socket, 5 + (socket.localPort % 17)),
]

const splitPort = (endpoint: string): readonly [address: string, port: string] => {
  const colon = endpoint.lastIndexOf(':')
  return [endpoint.slice(0, colon), endpoint.slice(colon)]
}

/** An address to the right, its port to the left: ss sets them against the colon between them. */
const endpointColumn = (endpoints: readonly string[]): readonly string[] => {
  const parts = endpoints.map(splitPort)
  const before = Math.max(...parts.map(([address]) => address.length))
  const after = Math.max(...parts.map(([, port]) => port.length))
  return parts.map(([address, port]) => address.padStart(before) + port.padEnd(after))
}

const plainColumn = (cells: readonly string[]): readonly string[] => {
  const width = Math.max(...cells.map(cell => cell.length))
  return cells.map(cell => cell.padEnd(width))
}

type Columns = { readonly withNetid: boolean; readonly withState: boolean }

const present = (rows: readonly Row[], { withNetid, withState }: Columns): string => {
  const titles: Row = [
    'Netid',
    'State',
    'Recv-Q',
    'Send-Q',
    'Local Address:Port',
    'Peer Address:Port',
    'Process',
  ]
  const all = [titles, ...rows]
  const columns = titles.map((_, index) => {
    const cells = all.map(row => row[index] ?? '')
    return index === 4 || index === 5 ? endpointColumn(cells) : plainColumn(cells)
  })
  const shown = columns.filter((_, index) => (index === 0 ? withNetid : index !== 1 || withState))
  return all.map((_, line) => `${shown.map(column => column[line] ?? '').join(' ')}\n`).join('')
}

const listening = (call: Call): readonly HeldListener[] => {
  const { world, machine, host, container } = call
  const { sandbox } = stationOf(world, machine)
  return container !== undefined && sandbox !== undefined
    ? podListenersOf(world, host, sandbox.id)
    : listenersOf(world, host)
}

const summary = (call: Call): string => {
  const held = listening(call)
  const open = establishedOf(call.world, call.host).length
  const tcp = held.filter(h => h.listener.protocol === 'tcp').length + open
  const udp = held.filter(h => h.listener.protocol === 'udp').length
  const waiting = Math.round(trackedOf(call.host) / 12)
  return [
    `Total: ${tcp + udp + 190}`,
    `TCP:   ${tcp + waiting} (estab ${open}, closed ${waiting}, orphaned 0, timewait ${waiting})`,
    '',
    'Transport Total     IP        IPv6',
    `RAW\t  0         0         0        `,
    `UDP\t  ${String(udp).padEnd(10)}${String(udp).padEnd(10)}0        `,
    `TCP\t  ${String(tcp).padEnd(10)}${String(tcp).padEnd(10)}0        `,
    `INET\t  ${String(tcp + udp).padEnd(10)}${String(tcp + udp).padEnd(10)}0        `,
    `FRAG\t  0         0         0        `,
    '',
    '',
  ].join('\n')
}

const run = (call: Call): Reply => {
  const { flags, words, unknown } = readOptions(call.args, table)
  if (unknown !== undefined) return { stderr: `ss: unrecognized option '${unknown}'\n`, exit: 255 }
  const has = (...names: readonly string[]): boolean => names.some(name => flags.has(name))
  if (has('s', 'summary')) return { stdout: summary(call) }
  const wantsTcp = has('t', 'tcp') || !has('u', 'udp')
  const wantsUdp = has('u', 'udp') || !has('t', 'tcp')
  const filter = words.join(' ')
  const isByState = /\bstate\b/.test(filter)
  const wantsListening = has('l', 'listening') || has('a', 'all') || isByState
  const wantsOpen = !has('l', 'listening') || isByState
  const held = listening(call).filter(({ listener }) => (listener.protocol === 'tcp' ? wantsTcp : wantsUdp))
  const sorted = [...held].sort((a, b) =>
    a.listener.protocol === b.listener.protocol ? 0 : a.listener.protocol === 'udp' ? -1 : 1,
  )
  const open = wantsTcp && wantsOpen ? establishedOf(call.world, call.host) : []
  const rows = [...(wantsListening ? sorted.map(listenerRow) : []), ...open.map(establishedRow)]
  const shown = rows
    .filter(row => matchesFilter(row, filter))
    .map((row): Row => (has('p', 'processes') ? row : [row[0], row[1], row[2], row[3], row[4], row[5], '']))
  // All rows would have the same in it.
  const withState = namedStates(filter)?.size !== 1
  const text = present(shown, { withNetid: wantsTcp && wantsUdp, withState })
  return { stdout: has('H', 'no-header') ? text.slice(text.indexOf('\n') + 1) : text }
}

/** States by the names that a filter has for them, among them its groups. */
const statesNamed: Readonly<Record<string, readonly string[]>> = {
  established: ['ESTAB'],
  estab: ['ESTAB'],
  listening: ['LISTEN'],
  listen: ['LISTEN'],
  'syn-sent': ['SYN-SENT'],
  'time-wait': ['TIME-WAIT'],
  'close-wait': ['CLOSE-WAIT'],
  unconnected: ['UNCONN'],
  connected: ['ESTAB', 'SYN-SENT', 'TIME-WAIT', 'CLOSE-WAIT'],
  synchronized: ['ESTAB', 'TIME-WAIT', 'CLOSE-WAIT'],
}

const namedStates = (filter: string): ReadonlySet<string> | undefined => {
  const names = [...filter.matchAll(/\bstate\s+(\S+)/g)].map(([, name = '']) => name.toLowerCase())
  if (names.length === 0 || names.includes('all')) return undefined
  return new Set(names.flatMap(name => statesNamed[name] ?? [name.toUpperCase()]))
}

/** The filters that are typed most: `state established`, `sport = :6443`, `dport = :6443`, `dst 10.0.4.11`. */
const matchesFilter = ([, state, , , local, peer]: Row, filter: string): boolean => {
  if (namedStates(filter)?.has(state) === false) return false
  const source = /\bsport\s*(?:=|eq)\s*:(\d+)/.exec(filter)?.[1]
  const destination = /\bdport\s*(?:=|eq)\s*:(\d+)/.exec(filter)?.[1]
  const address = /\bdst\s+([\d.]+)/.exec(filter)?.[1]
  return (
    (source === undefined || local.endsWith(`:${source}`)) &&
    (destination === undefined || peer.endsWith(`:${destination}`)) &&
    (address === undefined || peer.startsWith(`${address}:`))
  )
}

/** ss(8): sockets of a machine, or of the pod that it is called in. */
export const ss: Program = { names: ['ss'], isInstalled: everywhere, run }
