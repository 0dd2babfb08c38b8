import { diskBelow, diskLoadOf } from '../../relations/disk-load.ts'
import { type Process, processesOf } from '../../relations/processes.ts'
import { isStopped } from '../../relations/stopped.ts'
import { type Call, onMachines, type Program, type Reply } from '../../shell/program.ts'
import { asText } from '../../text/columns.ts'

const KIB_A_PERCENT = 430

const rate = (kib: number): string =>
  kib >= 1024 ? `${(kib / 1024).toFixed(2)} M/s` : kib > 0 ? `${kib.toFixed(2)} K/s` : '0.00 B/s'

const writesOf = ({ machine }: Call, { pid, free }: Process): number => {
  const use = free?.disk
  if (use === undefined || isStopped(machine, pid)) return 0
  const disk = diskBelow(machine, use.folder)
  return disk === undefined ? 0 : diskLoadOf(machine, disk).utilPercent * KIB_A_PERCENT
}

const view = (call: Call): string => {
  const rows = processesOf(call.world, call.machine)
    .map(process => ({ process, writes: writesOf(call, process) }))
    .sort((a, b) => b.writes - a.writes)
  const wanted = call.args.some(word => /^-\w*o/.test(word)) ? rows.filter(({ writes }) => writes > 0) : rows
  const total = rows.reduce((sum, { writes }) => sum + writes, 0)
  return asText([
    `Total DISK READ:         0.00 B/s | Total DISK WRITE:    ${rate(total).padStart(13)}`,
    `Current DISK READ:       0.00 B/s | Current DISK WRITE:  ${rate(total).padStart(13)}`,
    '    TID  PRIO  USER     DISK READ DISK WRITE>    COMMAND',
    ...wanted.map(
      ({ process, writes }) =>
        `${String(process.pid).padStart(7)} be/4 ${process.user.padEnd(8)}   0.00 B/s ${rate(writes).padStart(11)} ${process.command}`,
    ),
  ])
}

/** iotop(8): which processes write to the disks. Without -b on a terminal it would go on; here it gives one view a second. */
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
    const times = call.args.find((_word, at) => call.args[at - 1] === '-n')
    const joined = call.args.map(word => /^-\w*n(\d+)$/.exec(word)?.[1]).find(Boolean)
    if (times !== undefined || joined !== undefined)
      return { stdout: view(call), tookMs: 1_000 * Number(times ?? joined) }
    return { stdout: view(call), follow: { next: () => view(call) } }
  },
}
