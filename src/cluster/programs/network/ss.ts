import { type SocketCounts, socketCounts } from '../../files/proc-net.ts'
import { type Established, establishedOf } from '../../network/established.ts'
import { descriptorsOf } from '../../relations/descriptors.ts'
import type { HeldListener } from '../../relations/listeners.ts'
import { isBefore } from '../../relations/userland.ts'
import { type Call, everywhere, type Program, type Reply } from '../../shell/program.ts'
import { readOptions } from './option-reader.ts'
import { waitingAt } from './own-connections.ts'
import { ownListeners } from './own-listeners.ts'
import { present, type Row } from './ss-columns.ts'
import { readSsFilter } from './ss-filter.ts'
import { presentOlder } from './ss-older.ts'
import { unixRows } from './ss-unix.ts'

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
    'unix',
  ],
  valued: ['f', 'A'],
}

/** The number that a socket has in its process; those within a pod have the first that is free. */
type Numbers = ReadonlyMap<string, number>

const keyOfHeld = ({
  pid,
  listener: { protocol, address, port },
}: Omit<HeldListener, 'name' | 'unit' | 'container'>): string => `${pid} ${protocol} ${address}:${port}`
const keyOfOpen = ({ pid, localPort, peerAddress, peerPort }: Established): string =>
  `${pid} ${localPort} ${peerAddress}:${peerPort}`

const numbersAt = ({ world, host }: Call): Numbers =>
  new Map(
    descriptorsOf(world, host).flatMap(({ process: { pid }, fd, listener, open }): [string, number][] => [
      ...(listener === undefined ? [] : [[keyOfHeld({ pid, listener }), fd] as [string, number]]),
      ...(open === undefined ? [] : [[keyOfOpen(open), fd] as [string, number]]),
    ]),
  )

const FIRST_FREE = 3

const usersOf = ({ name, pid }: { readonly name: string; readonly pid: number }, fd = FIRST_FREE): string =>
  pid === 0 ? '' : `users:(("${name}",pid=${pid},fd=${fd}))`

const DEFAULT_BACKLOG = 4_096

const listenerRow = (held: HeldListener, numbers: Numbers, most: number): Row => {
  const { protocol, address, port, device, backlog = DEFAULT_BACKLOG } = held.listener
  const any = address === '*' ? '*:*' : address.startsWith('[') ? '[::]:*' : '0.0.0.0:*'
  const isTcp = protocol === 'tcp'
  return [
    protocol,
    isTcp ? 'LISTEN' : 'UNCONN',
    '0',
    isTcp ? String(Math.min(backlog, most)) : '0',
    `${address}${device === undefined ? '' : `%${device}`}:${port}`,
    any,
    usersOf(held, numbers.get(keyOfHeld(held))),
  ]
}

const shownAddress = ({ isMapped }: Established, address: string): string =>
  isMapped === true ? `[::ffff:${address}]` : address

/** An endpoint without the mark of a mapped address, which a filter does not ask for. */
const plainOf = (endpoint: string): string =>
  endpoint.replace(/^\[::ffff:([\d.]+)\]/, '$1').replace(/%\w+(?=:)/, '')

const establishedRow = (socket: Established, numbers: Numbers): Row => [
  'tcp',
  socket.state,
  '0',
  socket.state === 'SYN-SENT' ? '1' : '0',
  `${shownAddress(socket, socket.localAddress)}:${socket.localPort}`,
  `${shownAddress(socket, socket.peerAddress)}:${socket.peerPort}`,
  usersOf(socket, numbers.get(keyOfOpen(socket))),
]

/** The counts that /proc/net/sockstat has on a machine; within a container those of its own network stack. */
const countsOf = (call: Call, ofSix: boolean): SocketCounts => {
  if (call.machine.inside === undefined) {
    return socketCounts({ world: call.world, machine: call.host }, ofSix)
  }
  const held = ownListeners(call).filter(({ listener }) => /^[[*]/.test(listener.address) === ofSix)
  const udp = held.filter(({ listener }) => listener.protocol === 'udp').length
  const tcp = held.length - udp + (ofSix ? 0 : establishedOf(call.world, call.host).length)
  return { tcp, udp, all: tcp + udp }
}

/** Sockets that a process has neither bound nor connected. */
const UNUSED = 3

const summary = (call: Call): string => {
  const [four, six] = [countsOf(call, false), countsOf(call, true)]
  const waiting = call.machine.inside === undefined ? waitingAt(call).length : 0
  const row = (name: string, of4: number, of6: number): string =>
    `${name}\t  ${[of4 + of6, of4, of6].map(value => String(value).padEnd(9)).join(' ')}`
  const isOld = isBefore(call.machine, 'iproute', '4.18')
  const open = establishedOf(call.world, call.host).filter(({ state }) => state === 'ESTAB').length
  return [
    `Total: ${four.all}${isOld ? ` (kernel ${four.all})` : ''}`,
    `TCP:   ${four.tcp + six.tcp + UNUSED + waiting} (estab ${open}, closed ${UNUSED + waiting}, orphaned 0, ${isOld ? `synrecv 0, timewait ${waiting}/0), ports 0` : `timewait ${waiting})`}`,
    '',
    'Transport Total     IP        IPv6',
    ...(isOld ? [`*\t  ${String(four.all).padEnd(9)} -         -        `] : []),
    row('RAW', 0, 0),
    row('UDP', four.udp, six.udp),
    row('TCP', four.tcp, six.tcp),
    row('INET', four.tcp + four.udp, six.tcp + six.udp),
    row('FRAG', 0, 0),
    '',
    '',
  ].join('\n')
}

const SS_USAGE = 'Usage: ss [ OPTIONS ]\n       ss [ OPTIONS ] [ FILTER ]\n'

const run = (call: Call): Reply => {
  const { flags, words, unknown } = readOptions(call.args, table)
  if (unknown !== undefined) return { stderr: `ss: unrecognized option '${unknown}'\n`, exit: 255 }
  const has = (...names: readonly string[]): boolean => names.some(name => flags.has(name))
  if (has('s', 'summary')) return { stdout: summary(call) }
  const isAny = !has('t', 'tcp', 'u', 'udp', 'x', 'unix', 'w')
  const wantsTcp = isAny || has('t', 'tcp')
  const wantsUdp = isAny || has('u', 'udp')
  const wantsUnix = isAny || has('x', 'unix')
  const filter = words.join(' ')
  const fits = readSsFilter(filter)
  if (fits === undefined)
    return {
      stderr: `ss: bison bellows (while parsing filter): "syntax error!" Sorry.\n${SS_USAGE}`,
      exit: 255,
    }
  const states = namedStates(filter)
  const isByState = /\bstate\b/.test(filter)
  const wantsListening = has('l', 'listening') || has('a', 'all') || isByState
  const wantsOpen = !has('l', 'listening') || isByState
  const held = ownListeners(call).filter(({ listener }) =>
    listener.protocol === 'tcp' ? wantsTcp : wantsUdp,
  )
  const sorted = [...held].sort((a, b) =>
    a.listener.protocol === b.listener.protocol ? 0 : a.listener.protocol === 'udp' ? -1 : 1,
  )
  const isWhole = has('a', 'all') || isByState
  const waiting = wantsTcp && isWhole && call.machine.inside === undefined ? waitingAt(call) : []
  const open = wantsTcp && wantsOpen ? [...establishedOf(call.world, call.host), ...waiting] : []
  const numbers = has('p', 'processes') ? numbersAt(call) : new Map<string, number>()
  const most = Number(call.host.sysctls.get('net.core.somaxconn') ?? DEFAULT_BACKLOG)
  const rows = [
    ...(wantsUnix ? unixRows(call, { listening: wantsListening, open: wantsOpen }) : []),
    ...(wantsListening ? sorted.map(each => listenerRow(each, numbers, most)) : []),
    ...open.map(each => establishedRow(each, numbers)),
  ]
  const shown = rows
    .filter(
      ([, state, , , local, peer]) =>
        states?.has(state) !== false && fits({ local: plainOf(local), peer: plainOf(peer) }),
    )
    .map((row): Row => (has('p', 'processes') ? row : [row[0], row[1], row[2], row[3], row[4], row[5], '']))
  // All rows would have the same in it.
  const withState = states?.size !== 1
  const layOut = isBefore(call.machine, 'iproute', '4.18') ? presentOlder : present
  const text = layOut(shown, {
    withNetid: wantsUnix || (wantsTcp && wantsUdp),
    withState,
    screen: call.env['COLUMNS'] === undefined ? undefined : Number(call.env['COLUMNS']),
    isNumeric: has('n', 'numeric'),
  })
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

/** ss(8): sockets of a machine, or of the pod that it is called in. */
export const ss: Program = { names: ['ss'], isInstalled: everywhere, run }
