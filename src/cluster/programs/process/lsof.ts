import { isBelow, resolvePath } from '../../files/paths.ts'
import { sizeOf } from '../../files/tree-totals.ts'
import { filesystemOf } from '../../relations/filesystem-use.ts'
import { listenersOf } from '../../relations/listeners.ts'
import { openFilesOf } from '../../relations/open-files.ts'
import { type Process, processesOf } from '../../relations/processes.ts'
import { type Call, onMachines, type Program, type Reply } from '../../shell/program.ts'
import { signalProcess } from '../../systemd/signal-process.ts'
import { alignColumns, asText } from '../../text/columns.ts'

type Row = { readonly process: Process; readonly cells: readonly string[] }

const rowOf = (process: Process, [fd, type, device, size, node, name]: readonly string[]): Row => ({
  process,
  cells: [
    process.name.slice(0, 9),
    String(process.pid),
    process.user,
    fd ?? '',
    type ?? '',
    device ?? '',
    size ?? '',
    node ?? '',
    name ?? '',
  ],
})

const rowsOf = (call: Call): readonly Row[] => {
  const { world, machine } = call
  const processes = processesOf(world, machine)
  const files = processes.flatMap(process =>
    openFilesOf(machine, process).map(path => {
      const node = machine.files.get(path)
      return rowOf(process, [
        '7w',
        node?.kind === 'directory' ? 'DIR' : 'REG',
        '8,18',
        String(node === undefined ? 0 : sizeOf(node)),
        String(1000 + path.length * 131),
        path,
      ])
    }),
  )
  const own = processes
    .filter(({ kind }) => kind !== 'kernel')
    .flatMap(process => [
      rowOf(process, ['cwd', 'DIR', '8,2', '4096', '2', '/']),
      rowOf(process, [
        'txt',
        'REG',
        '8,2',
        String(1_800_000 + process.pid * 40),
        String(4_000 + process.pid),
        process.command.split(' ')[0] ?? '',
      ]),
    ])
  const sockets = listenersOf(world, machine).flatMap(({ listener, pid }) => {
    const process = processes.find(each => each.pid === pid)
    if (process === undefined) return []
    const { protocol, address, port } = listener
    const isSix = address.startsWith('[')
    const host = /^(0\.0\.0\.0|\[::\])$/.test(address) ? '*' : address
    return [
      rowOf(process, [
        '3u',
        isSix ? 'IPv6' : 'IPv4',
        String(20_000 + pid * 3),
        '0t0',
        protocol.toUpperCase(),
        `${host}:${port}${protocol === 'tcp' ? ' (LISTEN)' : ''}`,
      ]),
    ]
  })
  return [...own, ...files, ...sockets].sort((a, b) => a.process.pid - b.process.pid)
}

const isWanted = (call: Call, row: Row): boolean => {
  const { args, cwd } = call
  const joined = args.join(' ')
  const pids = /-p\s*([\d,]+)/.exec(joined)?.[1]?.split(',').map(Number)
  const names = /-c\s*(\S+)/.exec(joined)?.[1]
  const users = /-u\s*(\S+)/.exec(joined)?.[1]
  const socket = /-i\s*(?:(tcp|udp)?(?::(\d+))?)?/i.exec(joined)
  const below = /\+[dD]\s*(\S+)/.exec(joined)?.[1]
  const paths = args.filter(arg => arg.startsWith('/') && arg !== below).map(arg => resolvePath(cwd, arg))
  const name = row.cells[8] ?? ''
  const isSocket = /^IPv/.test(row.cells[4] ?? '')
  if (pids !== undefined && !pids.includes(row.process.pid)) return false
  if (names !== undefined && !row.process.name.startsWith(names)) return false
  if (users !== undefined && row.process.user !== users) return false
  if (
    socket !== null &&
    (!isSocket ||
      (socket[2] !== undefined && !name.includes(`:${socket[2]}`)) ||
      (socket[1] !== undefined && row.cells[7] !== socket[1].toUpperCase()))
  )
    return false
  if (below !== undefined && !isBelow(name, resolvePath(cwd, below))) return false
  if (args.includes('+L1')) return false
  return (
    paths.length === 0 ||
    paths.some(
      path =>
        name === path ||
        call.machine.filesystems.some(f => f.mount === path && filesystemOf(call.machine, name) === f),
    )
  )
}

/** lsof(8): the files and sockets that processes hold open. */
export const lsof: Program = {
  names: ['lsof'],
  isInstalled: onMachines,
  run: (call): Reply => {
    const rows = rowsOf(call).filter(row => isWanted(call, row))
    if (rows.length === 0) return { exit: 1 }
    if (call.args.some(arg => /^-\w*t/.test(arg)))
      return { stdout: asText([...new Set(rows.map(({ process }) => String(process.pid)))]) }
    const head = ['COMMAND', 'PID', 'USER', 'FD', 'TYPE', 'DEVICE', 'SIZE/OFF', 'NODE', 'NAME']
    const alignments = [
      'left',
      'right',
      'right',
      'right',
      'right',
      'right',
      'right',
      'right',
      'left',
    ] as const
    return {
      stdout: asText(alignColumns([head, ...rows.map(({ cells }) => cells)], { alignments })),
      tookMs: 600,
    }
  },
}

/** fuser(1): the processes that use a file, a mount or a port; `-k` kills them. */
export const fuser: Program = {
  names: ['fuser'],
  isInstalled: onMachines,
  run: (call): Reply => {
    const { args, world, machine, cwd } = call
    const lines: string[] = []
    let stderr = ''
    for (const word of args.filter(arg => !arg.startsWith('-'))) {
      const port = /^(\d+)\/(tcp|udp)$/.exec(word)
      const onMount = args.some(arg => /^-\w*[mM]/.test(arg))
      const path = resolvePath(cwd, word)
      const found = processesOf(world, machine).filter(process =>
        port !== null
          ? listenersOf(world, machine).some(
              ({ pid, listener }) =>
                pid === process.pid && listener.port === Number(port[1]) && listener.protocol === port[2],
            )
          : openFilesOf(machine, process).some(
              file => file === path || (onMount && filesystemOf(machine, file)?.mount === path),
            ),
      )
      if (found.length === 0) continue
      stderr += `${`${word}:`.padEnd(21)}`
      lines.push(found.map(({ pid }) => String(pid).padStart(6)).join(''))
      if (args.some(arg => /^-\w*k/.test(arg)))
        for (const process of found) signalProcess(world, machine, { process, signal: 'KILL' })
    }
    return lines.length === 0 ? { exit: 1 } : { stdout: lines.join(''), stderr: `${stderr}\n` }
  },
}
