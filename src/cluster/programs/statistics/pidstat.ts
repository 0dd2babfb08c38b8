import { userIdOf } from '../../relations/accounts.ts'
import { localTime } from '../../relations/clock.ts'
import { diskUseOf } from '../../relations/disk-traffic.ts'
import { type Process, processesOf } from '../../relations/processes.ts'
import { type Call, onMachines, type Program } from '../../shell/program.ts'
import { asText } from '../../text/columns.ts'
import { readRepetition, repeated } from './repeat.ts'
import { sysstatBanner } from './sysstat-banner.ts'

const LEAST_PERCENT = 0.01
const USER_SHARE = 0.7

const fixed = (value: number, width: number): string => value.toFixed(2).padStart(width)

const cpuRow = (process: Process, { machine }: Call): string => {
  const { cpuPercent, pid, name } = process
  const [user, system] = [cpuPercent * USER_SHARE, cpuPercent * (1 - USER_SHARE)]
  const cpu = String(pid % machine.cpu.cores).padStart(5)
  return `${fixed(user, 8)}${fixed(system, 8)}${fixed(0, 8)}${fixed(0, 8)}${fixed(cpuPercent, 8)} ${cpu}  ${name}`
}

const memoryRow = ({ memoryBytes, virtualBytes, name }: Process, { host }: Call): string => {
  const kib = (bytes: number): string => String(Math.round(bytes / 1024)).padStart(8)
  return `${fixed(0.2, 10)}${fixed(0, 10)}${kib(virtualBytes)}${kib(memoryBytes)}${fixed((memoryBytes * 100) / host.memoryBytes, 7)}  ${name}`
}

type View = {
  readonly head: string
  readonly row: (process: Process, call: Call) => string
  readonly shows: (process: Process, call: Call) => boolean
}

const cpu: View = {
  head: '   %usr %system  %guest   %wait    %CPU   CPU  Command',
  row: cpuRow,
  shows: ({ cpuPercent }) => cpuPercent >= LEAST_PERCENT,
}

const memory: View = {
  head: '  minflt/s  majflt/s     VSZ     RSS   %MEM  Command',
  row: memoryRow,
  shows: ({ memoryBytes }) => memoryBytes > 0,
}

const disk: View = {
  head: '  kB_rd/s   kB_wr/s kB_ccwr/s iodelay  Command',
  row: (process, call) => {
    const { writtenKib, waitPercent } = diskUseOf(call.machine, process)
    return `${fixed(0, 9)}${fixed(writtenKib, 10)}${fixed(0, 10)}${String(Math.round(waitPercent)).padStart(8)}  ${process.name}`
  },
  shows: (process, { machine }) => diskUseOf(machine, process).writtenKib > 0,
}

const viewOf = (args: readonly string[]): View => {
  const has = (letter: string): boolean =>
    args.some(word => /^-[a-zA-Z]+$/.test(word) && word.includes(letter))
  if (has('d')) return disk
  return has('r') ? memory : cpu
}

const report = (call: Call, label?: string): string => {
  const { args, world, machine } = call
  const view = viewOf(args)
  const at = args.indexOf('-p')
  const wanted = at === -1 ? undefined : (args[at + 1] ?? '').split(',').map(Number)
  const time = label ?? localTime(machine, world.nowMs).time
  return asText([
    `${time}      UID       PID  ${view.head}`,
    ...processesOf(world, machine)
      .filter(process => (wanted === undefined ? view.shows(process, call) : wanted.includes(process.pid)))
      .map(process => {
        const uid = userIdOf(machine, process.user)
        return `${time} ${uid.padStart(8)} ${String(process.pid).padStart(9)} ${view.row(process, call)}`
      }),
    '',
  ])
}

/** pidstat(1) of sysstat: what each process takes of the processors, with -r of the memory, with -d of the disks. */
export const pidstat: Program = {
  names: ['pidstat'],
  isInstalled: onMachines,
  run: call => {
    const { args } = call
    const banner = sysstatBanner(call)
    const at = args.indexOf('-p')
    const others = args.filter((_, place) => at === -1 || place !== at + 1)
    const repetition = readRepetition(others)
    const isLast = (number: number): boolean =>
      number === repetition.count && others.some(word => /^\d+$/.test(word))
    const reportAt = (number: number): string =>
      `${report(call)}${isLast(number) ? report(call, 'Average:') : ''}`
    return repeated(repetition, `${banner}\n${reportAt(1)}`, reportAt)
  },
}
