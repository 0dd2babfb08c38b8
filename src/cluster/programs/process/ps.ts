import { userIdOf } from '../../relations/accounts.ts'
import { localTime } from '../../relations/clock.ts'
import { controlGroupOf } from '../../relations/control-group.ts'
import { type Process, processesOf } from '../../relations/processes.ts'
import { ttyOf } from '../../relations/terminal.ts'
import { isBusybox } from '../../shell/busybox-words.ts'
import { type Call, everywhere, type Program, type Reply } from '../../shell/program.ts'
import { asText } from '../../text/columns.ts'
import { busyboxPs } from './busybox-ps.ts'
import { ownProcesses } from './own-processes.ts'
import { columnsOf, threadsIn } from './ps-formats.ts'
import { leastWidth, type PsCell, psLine } from './ps-layout.ts'
import { matchProcesses, type PsRequest, readPsRequest } from './ps-request.ts'

const kibibytes = (bytes: number): string => String(Math.round(bytes / 1024))

const clockTime = (ms: number): string => {
  const seconds = Math.floor(ms / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

/** `[DD-]HH:MM:SS`. */
const longTime = (ms: number): string => {
  const seconds = Math.floor(ms / 1000)
  const days = Math.floor(seconds / 86_400)
  const hours = Math.floor((seconds % 86_400) / 3600)
  const text = [hours, Math.floor((seconds % 3600) / 60), seconds % 60]
    .map(part => String(part).padStart(2, '0'))
    .join(':')
  return days === 0 ? text : `${String(days).padStart(2, '0')}-${text}`
}

const elapsed = (ms: number): string => {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const days = Math.floor(seconds / 86_400)
  const rest = longTime((seconds % 86_400) * 1000)
  return days > 0 ? `${days}-${rest}` : seconds >= 3600 ? rest : rest.slice(3)
}

const startText = ({ machine, world }: Call, startedMs: number): string => {
  const then = localTime(machine, startedMs)
  const now = localTime(machine, world.nowMs)
  if (then.day === now.day && then.month === now.month && then.year === now.year) return then.time.slice(0, 5)
  return then.year === now.year ? `${then.monthName}${then.day}` : then.year
}

type Column = {
  readonly header: string
  readonly isRight?: boolean
  readonly width?: number
  readonly cell: (process: Process & { readonly thread?: number }, call: Call) => string
}

const right = (header: string, cell: Column['cell']): Column => ({ header, isRight: true, cell })
const left = (header: string, cell: Column['cell']): Column => ({ header, cell })
/** A column under the name that it was asked for by. */
type Titled = readonly [name: string, column: Column]

const shortState = ({ state }: Process): string => state.slice(0, 1)
const memoryPercent = ({ memoryBytes }: Process, { host }: Call): string =>
  ((memoryBytes * 100) / host.memoryBytes).toFixed(1)

const columns: Readonly<Record<string, Column>> = {
  user: left('USER', ({ user }) => (user.length > 8 ? `${user.slice(0, 7)}+` : user)),
  pid: right('PID', ({ pid }) => String(pid)),
  ppid: right('PPID', ({ parentPid }) => String(parentPid)),
  '%cpu': right('%CPU', ({ cpuPercent }) => cpuPercent.toFixed(1)),
  c: right('C', ({ cpuPercent }) => String(Math.floor(Math.min(99, cpuPercent)))),
  '%mem': right('%MEM', memoryPercent),
  vsz: right('VSZ', ({ virtualBytes }) => kibibytes(virtualBytes)),
  rss: right('RSS', ({ memoryBytes }) => kibibytes(memoryBytes)),
  tty: left('TTY', ttyOf),
  stat: left('STAT', ({ state }) => state),
  s: left('S', shortState),
  start: left('START', ({ startedMs }, call) => startText(call, startedMs)),
  stime: left('STIME', ({ startedMs }, call) => startText(call, startedMs)),
  lstart: right('STARTED', ({ startedMs }, { machine }) => {
    const { weekday, monthName, day, time, year } = localTime(machine, startedMs)
    return `${weekday} ${monthName} ${day.replace(/^0/, ' ')} ${time} ${year}`
  }),
  bsdtime: right('TIME', ({ cpuMs }) => clockTime(cpuMs)),
  cputime: right('TIME', ({ cpuMs }) => longTime(cpuMs)),
  etime: right('ELAPSED', ({ startedMs }, { world }) => elapsed(world.nowMs - startedMs)),
  etimes: right('ELAPSED', ({ startedMs }, { world }) =>
    String(Math.floor((world.nowMs - startedMs) / 1000)),
  ),
  lwp: right('LWP', ({ pid, thread = pid }) => String(thread)),
  spid: right('SPID', ({ pid, thread = pid }) => String(thread)),
  nlwp: right('NLWP', ({ threads }) => String(threads)),
  ni: right('NI', ({ state, free }) =>
    free?.nice !== undefined ? String(free.nice) : state.includes('<') ? '-20' : '0',
  ),
  pri: right('PRI', ({ state }) => (state.includes('<') ? '39' : '19')),
  uid: right('UID', ({ user }, { machine }) => userIdOf(machine, user)),
  uidname: left('UID', ({ user }) => (user.length > 8 ? `${user.slice(0, 7)}+` : user)),
  comm: left('COMMAND', ({ name }) => name),
  args: left('COMMAND', ({ command }) => command),
  cmd: left('CMD', ({ command }) => command),
  commname: left('CMD', ({ name }) => name),
  cgroup: left('CGROUP', process => `0::${controlGroupOf(process)}`),
  unit: left('UNIT', ({ unit, kind }) => unit?.name ?? (kind === 'init' ? 'init.scope' : '-')),
  wchan: left('WCHAN', ({ state }) => (state.startsWith('D') ? 'rpc_wait_bit_killable' : '-')),
}

const aliases: Readonly<Record<string, string>> = {
  pcpu: '%cpu',
  pmem: '%mem',
  euser: 'user',
  uname: 'user',
  ruser: 'user',
  command: 'args',
  ucmd: 'comm',
  rssize: 'rss',
  vsize: 'vsz',
  tt: 'tty',
  tname: 'tty',
  state: 's',
  thcount: 'nlwp',
  time: 'cputime',
  bsdstart: 'start',
  start_time: 'start',
  euid: 'uid',
  nice: 'ni',
  class: 's',
  tid: 'lwp',
}

const cellFor = ({ host }: Call, text: string, [name, { width, header, isRight }]: Titled): PsCell => ({
  text,
  width: width ?? leastWidth(host, name) ?? header.length,
  isRight: isRight === true,
})

const wantedColumns = (request: PsRequest): readonly Titled[] | string => {
  const wanted: [string, Column][] = []
  for (const word of request.columns.length > 0 ? request.columns : columnsOf(request)) {
    const [named = '', header] = word.split(/=(.*)/s)
    const [name = '', width] = named.split(':')
    const key = aliases[name] ?? name
    const column = columns[key]
    if (column === undefined) return name
    wanted.push([
      key,
      {
        ...column,
        header: header ?? column.header,
        ...(width === undefined ? {} : { width: Number(width) }),
      },
    ])
  }
  return wanted
}

const treePrefix = (processes: readonly Process[]): ReadonlyMap<number, string> => {
  const depths = new Map<number, number>()
  for (const { pid, parentPid } of processes)
    depths.set(pid, parentPid > 2 ? (depths.get(parentPid) ?? -1) + 1 : 0)
  return new Map(
    [...depths].map(([pid, depth]) => [pid, depth === 0 ? '' : `${'    '.repeat(depth - 1)} \\_ `]),
  )
}

const inTreeOrder = (processes: readonly Process[]): readonly Process[] => {
  const known = new Set(processes.map(({ pid }) => pid))
  const below = (pid: number): readonly Process[] =>
    processes.filter(p => p.parentPid === pid && p.pid > 2).flatMap(p => [p, ...below(p.pid)])
  const tops = processes.filter(p => p.pid <= 2 || !known.has(p.parentPid) || p.parentPid <= 2)
  return tops.flatMap(p => (p.pid <= 2 ? [p] : [p, ...below(p.pid)]))
}

const render = (call: Call, request: PsRequest, processes: readonly Process[]): Reply => {
  const wanted = wantedColumns(request)
  if (typeof wanted === 'string')
    return {
      stderr: `error: unknown user-defined format specifier "${wanted}"\n\nUsage:\n ps [options]\n\n Try 'ps --help <simple|list|output|threads|misc|all>'\n  or 'ps --help <s|l|o|t|m|a>'\n for additional help text.\n\nFor more details see ps(1).\n`,
      exit: 1,
    }
  const ordered = request.isForest ? inTreeOrder(processes) : processes
  const prefixes = request.isForest ? treePrefix(ordered) : new Map<number, string>()
  const lastAt = wanted.length - 1
  // Only in the last place is a command line given in full.
  const fitted = (text: string, name: string, at: number): string =>
    /^(args|cmd)$/.test(name) && at < lastAt ? text.slice(0, 27) : text
  const textOf = (process: Process, name: string, column: Column): string => {
    const prefix = /^(args|cmd|comm)$/.test(name) ? (prefixes.get(process.pid) ?? '') : ''
    return prefix + column.cell(process, call)
  }
  const rows = ordered.map(process =>
    wanted.map(([name, column], at) =>
      cellFor(call, fitted(textOf(process, name, column), name, at), [name, column]),
    ),
  )
  const hasHeader = !request.hasNoHeader && wanted.some(([, { header }]) => header !== '')
  const head = wanted.map(titled => cellFor(call, titled[1].header, titled))
  return {
    stdout: asText((hasHeader ? [head, ...rows] : rows).map(psLine)),
    exit: rows.length === 0 ? 1 : 0,
  }
}

/** ps(1) of procps, in the options of BSD and of System V. */
export const ps: Program = {
  names: ['ps'],
  isInstalled: everywhere,
  run: (call): Reply => {
    const all = [...processesOf(call.world, call.machine), ...ownProcesses(call, 'ps')]
    if (isBusybox(call)) return busyboxPs(call.args, all)
    const request = readPsRequest(call.args)
    if (typeof request === 'string') return { stderr: request, exit: 1 }
    const found = matchProcesses(call, request, all)
    return render(call, request, request.threads === undefined ? found : threadsIn(found, all))
  },
}
