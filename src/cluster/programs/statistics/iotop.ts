import { busyDisksOf } from '../../relations/disk-load.ts'
import { type DiskUse, diskUseOf, trafficOf } from '../../relations/disk-traffic.ts'
import { ioPriorityOf } from '../../relations/io-priority.ts'
import { type Process, processesOf } from '../../relations/processes.ts'
import { type Call, onMachines, type Program, type Reply } from '../../shell/program.ts'
import { asText } from '../../text/columns.ts'
import { type OptionTable, type ReadOptions, readOptions } from '../../text/read-options.ts'
import type { IoPriority } from '../../world/machine.ts'

const table: OptionTable = {
  o: 'only',
  only: 'only',
  b: 'batch',
  batch: 'batch',
  n: 'iter=',
  iter: 'iter=',
  d: 'delay=',
  delay: 'delay=',
  p: 'pid=',
  pid: 'pid=',
  u: 'user=',
  user: 'user=',
  P: 'processes',
  processes: 'processes',
  a: 'accumulated',
  accumulated: 'accumulated',
  k: 'kilobytes',
  kilobytes: 'kilobytes',
  t: 'time',
  time: 'time',
  q: 'quiet',
  quiet: 'quiet',
}

const units = ['B', 'K', 'M', 'G']

/** A rate as iotop writes it: in the largest unit of which there are more than two. */
const rate = (kib: number): string => {
  const bytes = kib * 1024
  const at = units.findLastIndex((_unit, power) => power === 0 || bytes > 2 * 1024 ** power)
  return `${(bytes / 1024 ** at).toFixed(2)} ${units[at]}/s`
}

type Row = { readonly process: Process; readonly use: DiskUse; readonly priority: IoPriority }

const placeOf = ({ kind, level }: IoPriority, isKernel: boolean): string => {
  if (kind === 'idle') return 'idle'
  return kind === 'none' ? (isKernel ? 'be/3' : 'be/4') : `${kind === 'realtime' ? 'rt' : 'be'}/${level}`
}

const rowText = ({ process, use, priority }: Row, pidWidth: number): string => {
  const { pid, user, command, kind } = process
  const share = `${Math.min(99.99, use.waitPercent).toFixed(2)} %`
  return `${String(pid).padStart(pidWidth)} ${placeOf(priority, kind === 'kernel').padStart(4)} ${user.slice(0, 8).padEnd(8)} ${rate(0).padStart(11)} ${rate(use.writtenKib).padStart(11)} ${'0.00 %'.padStart(7)} ${share.padStart(7)} ${command}`
}

const rowsOf = ({ world, machine }: Call, { options }: ReadOptions): readonly Row[] => {
  const pids = options.get('pid')
  const users = options.get('user')
  return processesOf(world, machine)
    .filter(({ pid }) => pids === undefined || pids.includes(String(pid)))
    .filter(({ user }) => users === undefined || users.includes(user))
    .map(process => ({
      process,
      use: diskUseOf(machine, process),
      priority: ioPriorityOf(machine, process.pid),
    }))
    .filter(({ use }) => !options.has('only') || use.writtenKib > 0)
    .sort((a, b) => b.use.waitPercent - a.use.waitPercent)
}

/** One view. `-q` gives the heads only once, `-qq` never, `-qqq` the sums neither. */
const view = (call: Call, read: ReadOptions, turn: number): string => {
  const rows = rowsOf(call, read)
  const quiet = read.options.get('quiet')?.length ?? 0
  const total = rows.reduce((sum, { use }) => sum + use.writtenKib, 0)
  const actual = busyDisksOf(call.machine).reduce((sum, disk) => sum + trafficOf(disk).writtenKib, 0)
  const pidWidth = String(call.machine.sysctls.get('kernel.pid_max') ?? '4194304').length
  const id = read.options.has('processes') ? 'PID' : 'TID'
  const sums = [
    `Total DISK READ : ${rate(0).padStart(14)} | Total DISK WRITE : ${rate(total).padStart(14)}`,
    `Actual DISK READ: ${rate(0).padStart(14)} | Actual DISK WRITE: ${rate(actual).padStart(14)}`,
  ]
  return asText([
    ...(quiet <= 2 ? sums : []),
    ...(quiet <= (turn === 0 ? 1 : 0)
      ? [`${id.padStart(pidWidth)}  PRIO  USER     DISK READ  DISK WRITE  SWAPIN      IO    COMMAND`]
      : []),
    ...rows.map(row => rowText(row, pidWidth)),
  ])
}

/** iotop(8): which processes write to the disks, and how long they wait for them. Without a count it goes on, a view each second. */
export const iotop: Program = {
  names: ['iotop'],
  isInstalled: onMachines,
  run: (call): Reply => {
    if (call.user !== 'root')
      return {
        stderr:
          'iotop: Netlink error: Operation not permitted (1)\n\nThe Linux kernel interfaces that iotop relies on now require root privileges\n',
        exit: 1,
      }
    const read = readOptions(table, call.args)
    const times = Number(read.options.get('iter')?.at(-1) ?? Number.POSITIVE_INFINITY)
    const delayMs = 1_000 * Number(read.options.get('delay')?.at(-1) ?? 1)
    if (times !== Number.POSITIVE_INFINITY)
      return {
        stdout: Array.from({ length: times }, (_, turn) => view(call, read, turn)).join(''),
        tookMs: delayMs * times,
      }
    let turn = 0
    return {
      stdout: view(call, read, turn),
      follow: {
        next: () => {
          turn += 1
          return view(call, read, turn)
        },
      },
    }
  },
}
