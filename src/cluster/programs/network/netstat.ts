import { addressOfNumber, maskOf, readNetwork } from '../../network/addresses.ts'
import { establishedOf } from '../../network/established.ts'
import { listRoutes } from '../../network/find-route.ts'
import type { HeldListener } from '../../relations/listeners.ts'
import { type Call, everywhere, type Program, type Reply } from '../../shell/program.ts'
import { netstatCounters } from './netstat-counters.ts'
import { readOptions } from './option-reader.ts'
import { waitingAt } from './own-connections.ts'
import { ownListeners } from './own-listeners.ts'

const table = {
  switches: [
    'l',
    'p',
    't',
    'u',
    'n',
    'e',
    'a',
    'r',
    'i',
    's',
    'w',
    'x',
    'o',
    'c',
    'v',
    'listening',
    'tcp',
    'udp',
    'programs',
    'numeric',
    'all',
    'route',
    'interfaces',
    'statistics',
    'extend',
  ],
  valued: ['A'],
}

type Shown = { readonly withPrograms: boolean; readonly isExtended: boolean }

const endpoint = (address: string, port: number): string =>
  `${address.replace(/^(\[::\]|\*)$/, '::').replace('[::1]', '::1')}:${port}`

const tail = (shown: Shown, pid: number, name: string): string => {
  const owner = shown.isExtended ? `${'0'.padEnd(10)} ${String(20_000 + pid * 3).padEnd(10)} ` : ''
  const program = shown.withPrograms ? (pid === 0 ? '-' : `${pid}/${name}`).padEnd(20) : ''
  return `${owner}${program}`
}

const listenerRow = ({ listener, pid, name }: HeldListener, shown: Shown): string => {
  const isSix = /^[[*]/.test(listener.address)
  const protocol = `${listener.protocol}${isSix ? '6' : ''}`.padEnd(5)
  const local = endpoint(listener.address, listener.port).padEnd(23)
  const foreign = (isSix ? ':::*' : '0.0.0.0:*').padEnd(23)
  const state = (listener.protocol === 'tcp' ? 'LISTEN' : '').padEnd(11)
  return `${protocol}      0      0 ${local} ${foreign} ${state} ${tail(shown, pid, name)}`
}

const heading = (shown: Shown, which: string): string => {
  const columns = `Proto Recv-Q Send-Q Local Address           Foreign Address         State       ${shown.isExtended ? 'User       Inode      ' : ''}${shown.withPrograms ? 'PID/Program name    ' : ''}`
  return `Active Internet connections (${which})\n${columns}\n`
}

const routes = ({ machine }: Call): string => {
  const rows = listRoutes(machine).map(route => {
    const read = readNetwork(route.to === 'default' ? '0.0.0.0/0' : route.to)
    const flags = `U${route.via === undefined ? '' : 'G'}${read?.length === 32 ? 'H' : ''}`
    const to = addressOfNumber(read?.address ?? 0)
    return `${to.padEnd(15)} ${(route.via ?? '0.0.0.0').padEnd(15)} ${maskOf(read?.length ?? 0).padEnd(15)} ${flags.padEnd(6)}    0 0          0 ${route.device}`
  })
  return `Kernel IP routing table\nDestination     Gateway         Genmask         Flags   MSS Window  irtt Iface\n${rows.map(row => `${row}\n`).join('')}`
}

const interfaces = ({ machine }: Call): string => {
  const rows = machine.interfaces
    .filter(device => device.isUp)
    .map(({ name, mtu, received, sent, kind }) => {
      const counts = [
        received.packets,
        received.errors,
        received.dropped,
        0,
        sent.packets,
        sent.errors,
        sent.dropped,
        0,
      ]
      const [
        rx = 0,
        rxErrors = 0,
        rxDropped = 0,
        rxOver = 0,
        tx = 0,
        txErrors = 0,
        txDropped = 0,
        txOver = 0,
      ] = counts
      const cells = [
        String(rx).padStart(8),
        String(rxErrors).padStart(6),
        String(rxDropped).padStart(6),
        String(rxOver).padEnd(6),
      ]
      const sentCells = [
        String(tx).padStart(9),
        String(txErrors).padStart(6),
        String(txDropped).padStart(6),
        String(txOver).padStart(6),
      ]
      return `${name.slice(0, 9).padEnd(9)} ${String(mtu).padStart(5)} ${cells.join(' ')} ${sentCells.join(' ')} ${kind === 'loopback' ? 'LRU' : 'BMRU'}`
    })
  return `Kernel Interface table\nIface      MTU    RX-OK RX-ERR RX-DRP RX-OVR    TX-OK TX-ERR TX-DRP TX-OVR Flg\n${rows.map(row => `${row}\n`).join('')}`
}

const STATES = { ESTAB: 'ESTABLISHED', 'SYN-SENT': 'SYN_SENT', 'TIME-WAIT': 'TIME_WAIT' } as const

const run = (call: Call): Reply => {
  const { flags, unknown } = readOptions(call.args, table)
  if (unknown !== undefined)
    return { stderr: `netstat: invalid option -- '${unknown.replace(/^-+/, '')}'\n`, exit: 4 }
  const has = (...names: readonly string[]): boolean => names.some(name => flags.has(name))
  if (has('r', 'route')) return { stdout: routes(call) }
  if (has('i', 'interfaces')) return { stdout: interfaces(call) }
  if (has('s', 'statistics'))
    return {
      stdout: netstatCounters(call, [
        ...(has('t', 'tcp') ? ['tcp'] : []),
        ...(has('u', 'udp') ? ['udp'] : []),
      ]),
    }
  const shown: Shown = { withPrograms: has('p', 'programs'), isExtended: has('e', 'extend') }
  const all = !has('t', 'tcp') && !has('u', 'udp')
  const isWanted = (protocol: string): boolean =>
    all || (protocol === 'tcp' ? has('t', 'tcp') : has('u', 'udp'))
  const isListening = has('l', 'listening')
  const servers =
    isListening || has('a', 'all') ? ownListeners(call).filter(held => isWanted(held.listener.protocol)) : []
  const sorted = [...servers].sort((a, b) =>
    a.listener.protocol === b.listener.protocol ? 0 : a.listener.protocol === 'tcp' ? -1 : 1,
  )
  const waiting = call.machine.inside === undefined ? waitingAt(call) : []
  const open = isListening || !isWanted('tcp') ? [] : [...establishedOf(call.world, call.host), ...waiting]
  const rows = [
    ...sorted.map(held => listenerRow(held, shown)),
    ...open.map(
      socket =>
        `${socket.isMapped === true ? 'tcp6' : 'tcp '}       0      0 ${endpoint(socket.localAddress, socket.localPort).padEnd(23)} ${endpoint(socket.peerAddress, socket.peerPort).padEnd(23)} ${STATES[socket.state].padEnd(11)} ${tail(shown, socket.pid, socket.name)}`,
    ),
  ]
  const which = isListening ? 'only servers' : has('a', 'all') ? 'servers and established' : 'w/o servers'
  return { stdout: heading(shown, which) + rows.map(row => `${row}\n`).join('') }
}

/** netstat(8) of net-tools. */
export const netstat: Program = { names: ['netstat'], isInstalled: everywhere, run }
