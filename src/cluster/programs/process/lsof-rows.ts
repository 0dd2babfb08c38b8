import { isBelow } from '../../files/paths.ts'
import { programOf } from '../../files/proc-process.ts'
import { sizeOf } from '../../files/tree-totals.ts'
import { nameOfPort } from '../../network/port-names.ts'
import { DELETED, type Descriptor, descriptorsOf } from '../../relations/descriptors.ts'
import { deviceNumbersOf, inodeNumberOf } from '../../relations/file-identity.ts'
import { type Process, processesOf } from '../../relations/processes.ts'
import type { Call } from '../../shell/program.ts'
import type { Machine } from '../../world/machine.ts'

/** What a socket of the internet is to lsof's `-i` and `-s`. */
export type SocketSide = {
  readonly protocol: 'tcp' | 'udp'
  readonly version: 4 | 6
  readonly state: string
  readonly ends: readonly { readonly address: string; readonly port: number }[]
}

/** A line of lsof's table, with what its selections ask about. */
export type Row = {
  readonly process: Process
  readonly path: string | undefined
  readonly socket: SocketSide | undefined
  readonly isUnix: boolean
  /** FD, TYPE, DEVICE, SIZE/OFF, NODE, NAME. */
  readonly cells: readonly string[]
}

/** Whether numbers stay numbers: `-P` for ports. */
export type Naming = { readonly withPortNumbers: boolean }

const shownPort = (port: number, { withPortNumbers }: Naming): string =>
  withPortNumbers ? String(port) : (nameOfPort(port) ?? String(port))

const shownAddress = (address: string): string => (/^(0\.0\.0\.0|\[::\]|\*)$/.test(address) ? '*' : address)

const states: Readonly<Record<string, string>> = { ESTAB: 'ESTABLISHED', 'SYN-SENT': 'SYN_SENT' }

const socketSide = ({ listener, open }: Descriptor): SocketSide | undefined => {
  if (listener !== undefined)
    return {
      protocol: listener.protocol,
      version: /^[[*]/.test(listener.address) ? 6 : 4,
      state: listener.protocol === 'tcp' ? 'LISTEN' : '',
      ends: [{ address: listener.address, port: listener.port }],
    }
  if (open === undefined) return undefined
  const ends = [
    { address: open.localAddress, port: open.localPort },
    { address: open.peerAddress, port: open.peerPort },
  ]
  return {
    protocol: 'tcp',
    version: open.isMapped === true ? 6 : 4,
    state: states[open.state] ?? open.state,
    ends,
  }
}

const socketName = ({ ends, state }: SocketSide, naming: Naming): string =>
  `${ends.map(({ address, port }) => `${shownAddress(address)}:${shownPort(port, naming)}`).join('->')}${state === '' ? '' : ` (${state})`}`

const fileCells = (machine: Machine, path: string): readonly string[] => {
  const node = machine.files.get(path)
  const unlinked = machine.unlinked?.findLast(file => path === `${file.path}${DELETED}`)
  if (path.startsWith('/dev/pts/')) return ['CHR', `136,${path.slice(9)}`, '0t0', '3', path]
  if (path.startsWith('/dev/')) return ['CHR', '1,3', '0t0', '5', path]
  if (path.startsWith('pipe:')) return ['FIFO', '0,13', '0t0', path.replace(/\D/g, ''), 'pipe']
  if (path.startsWith('anon_inode:')) return ['a_inode', '0,14', '0', '1057', path.slice(11)]
  if (unlinked !== undefined) {
    const { major, minor } = deviceNumbersOf(machine, unlinked.path)
    return ['REG', `${major},${minor}`, String(unlinked.bytes), String(inodeNumberOf(unlinked.path)), path]
  }
  const kind = node?.kind === 'directory' ? 'DIR' : 'REG'
  const { major, minor } = deviceNumbersOf(machine, path)
  const size = String(node === undefined ? 0 : sizeOf(node))
  return [kind, `${major},${minor}`, size, String(inodeNumberOf(path)), path]
}

const rowOf = (machine: Machine, each: Descriptor, naming: Naming): Row => {
  const { process, fd, mode, target, inode, unix } = each
  const socket = socketSide(each)
  const base = {
    process,
    socket,
    isUnix: inode !== undefined && socket === undefined && target.startsWith('socket'),
  }
  const number = `${fd}${mode}`
  if (socket !== undefined) {
    const name = socketName(socket, naming)
    const cells = [number, `IPv${socket.version}`, String(inode), '0t0', socket.protocol.toUpperCase(), name]
    return { ...base, path: undefined, cells }
  }
  if (base.isUnix) {
    const name =
      unix === undefined
        ? 'type=STREAM (CONNECTED)'
        : `${unix.path} type=${unix.type === 'u_dgr' ? 'DGRAM' : 'STREAM (LISTEN)'}`
    const device = `0x${(0xffff9c40 + (inode ?? 0)).toString(16).padStart(16, '0')}`
    return { ...base, path: unix?.path, cells: [number, 'unix', device, '0t0', String(inode), name] }
  }
  return { ...base, path: target, cells: [number, ...fileCells(machine, target)] }
}

const placesOf = (machine: Machine, process: Process): readonly Row[] => {
  if (process.kind === 'kernel') return []
  const program = programOf(process) ?? ''
  const size = String(1_800_000 + process.pid * 40)
  const bare = { process, socket: undefined, isUnix: false }
  return [
    { ...bare, path: '/', cells: ['cwd', 'DIR', '8,2', '4096', '2', '/'] },
    { ...bare, path: '/', cells: ['rtd', 'DIR', '8,2', '4096', '2', '/'] },
    {
      ...bare,
      path: program,
      cells: [
        'txt',
        'REG',
        '8,2',
        isBelow(program, '/') && machine.files.has(program) ? (fileCells(machine, program)[2] ?? size) : size,
        String(4_000 + process.pid),
        program,
      ],
    },
  ]
}

/** Everything that the processes of a machine hold, in lsof's order. */
export const rowsOf = (call: Call, naming: Naming): readonly Row[] => {
  const { world, machine } = call
  const held = Map.groupBy(descriptorsOf(world, machine), ({ process }) => process.pid)
  return processesOf(world, machine).flatMap(process => [
    ...placesOf(machine, process),
    ...(held.get(process.pid) ?? []).map(each => rowOf(machine, each, naming)),
  ])
}
