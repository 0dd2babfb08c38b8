import { localTime } from '../../relations/clock.ts'
import { diskLoadOf } from '../../relations/disk-load.ts'
import { trafficOf } from '../../relations/disk-traffic.ts'
import { kernelMemoryOf } from '../../relations/kernel-memory.ts'
import { buffersOf, memoryOf } from '../../relations/memory.ts'
import { FAULTS_OF_MAJOR, pagingRates, SCANNED, TAKEN } from '../../relations/paging.ts'
import { processesOf } from '../../relations/processes.ts'
import { processorOf } from '../../relations/processor.ts'
import { type Call, onMachines, type Program } from '../../shell/program.ts'
import { asText } from '../../text/columns.ts'
import { readRepetition, repeated } from './repeat.ts'
import { sysstatBanner } from './sysstat-banner.ts'

/** A report of sar: the heads of its columns, the width of the first, and its rows. */
type Report = {
  readonly heads: readonly string[]
  readonly rows: (call: Call) => readonly (readonly (string | number)[])[]
}

const kibi = (bytes: number): string => String(Math.round(bytes / 1024))

const processors: Report = {
  heads: ['CPU', '%user', '%nice', '%system', '%iowait', '%steal', '%idle'],
  rows: ({ host }) => {
    const use = processorOf(host)
    return [['all', use.user, 0, use.system, use.wait, 0, use.idle]]
  },
}

const queue: Report = {
  heads: ['runq-sz', 'plist-sz', 'ldavg-1', 'ldavg-5', 'ldavg-15', 'blocked'],
  rows: ({ host, machine, world }) => {
    const use = processorOf(host)
    const tasks = processesOf(world, machine).reduce((sum, { threads }) => sum + threads, 0)
    return [[String(use.runnable), String(tasks), ...host.load, String(use.blocked)]]
  },
}

const disks: Report = {
  heads: ['DEV', 'tps', 'rkB/s', 'wkB/s', 'dkB/s', 'areq-sz', 'aqu-sz', 'await', '%util'],
  rows: ({ machine }) =>
    machine.devices
      .filter(({ kind }) => kind === 'disk')
      .map(device => {
        const { utilPercent, awaitMs } = diskLoadOf(machine, device)
        const { writes, readKib, writtenKib } = trafficOf({ utilPercent })
        return [
          device.name,
          writes,
          readKib,
          writtenKib,
          0,
          12.4,
          (writes * awaitMs) / 1000,
          awaitMs,
          utilPercent,
        ]
      }),
}

const memory: Report = {
  heads: [
    'kbmemfree',
    'kbavail',
    'kbmemused',
    '%memused',
    'kbbuffers',
    'kbcached',
    'kbcommit',
    '%commit',
    'kbactive',
    'kbinact',
    'kbdirty',
  ],
  rows: ({ host }) => {
    const memory = memoryOf(host)
    const { free, available, used, total, cache } = memory
    const buffers = buffersOf(memory)
    const rows = new Map(kernelMemoryOf(host))
    const committed = rows.get('Committed_AS') ?? 0
    return [
      [
        kibi(free),
        kibi(available),
        kibi(used),
        (used * 100) / total,
        kibi(buffers),
        kibi(cache - buffers),
        kibi(committed),
        (committed * 100) / total,
        ...['Active', 'Inactive', 'Dirty'].map(label => kibi(rows.get(label) ?? 0)),
      ],
    ]
  },
}

/** By /proc/vmstat, a second; what the kernel takes back it had to look for. */
const paging: Report = {
  heads: [
    'pgpgin/s',
    'pgpgout/s',
    'fault/s',
    'majflt/s',
    'pgfree/s',
    'pgscank/s',
    'pgscand/s',
    'pgsteal/s',
    '%vmeff',
  ],
  rows: ({ host }) => {
    const { in: read, out, faults, stalls } = pagingRates(host)
    const scanned = [stalls * SCANNED.kswapd, stalls * SCANNED.direct] as const
    const taken = stalls * (TAKEN.kswapd + TAKEN.direct)
    const share = stalls === 0 ? 0 : (taken * 100) / (scanned[0] + scanned[1])
    return [[read, out, faults, faults / FAULTS_OF_MAJOR + stalls, faults * 1.4, ...scanned, taken, share]]
  },
}

const swap: Report = {
  heads: ['kbswpfree', 'kbswpused', '%swpused', 'kbswpcad', '%swpcad'],
  rows: ({ host }) => {
    const { swapTotal, swapUsed } = memoryOf(host)
    const percent = swapTotal === 0 ? 0 : (swapUsed * 100) / swapTotal
    return [[kibi(swapTotal - swapUsed), kibi(swapUsed), percent, '0', 0]]
  },
}

const reports: Readonly<Record<string, Report>> = {
  u: processors,
  q: queue,
  d: disks,
  r: memory,
  B: paging,
  S: swap,
}

const FIRST = 12
const OTHER = 9

const rowText = (time: string, cells: readonly (string | number)[]): string =>
  `${time}${cells
    .map((cell, at) =>
      (typeof cell === 'number' ? cell.toFixed(2) : cell).padStart(at === 0 ? FIRST : OTHER + 1),
    )
    .join('')}`

const wanted = ({ args }: Call): readonly Report[] => {
  const letters = args.filter(word => /^-[a-zA-Z]+$/.test(word)).flatMap(word => [...word.slice(1)])
  const known = letters.flatMap(letter => reports[letter] ?? [])
  return known.length === 0 ? [processors] : known
}

const shown = (call: Call): string => {
  const { time } = localTime(call.machine, call.world.nowMs)
  return wanted(call)
    .map(({ heads, rows }) =>
      asText([rowText(time, heads), ...rows(call).map(row => rowText(time, row)), '']),
    )
    .join('')
}

const averages = (call: Call): string =>
  wanted(call)
    .map(({ heads, rows }) =>
      asText([rowText('Average:', heads), ...rows(call).map(row => rowText('Average:', row))]),
    )
    .join('\n')

/** sar(1) of sysstat: processors, or what its letters ask for: queue, disks, memory, paging, swap. */
export const sar: Program = {
  names: ['sar'],
  isInstalled: onMachines,
  run: call => {
    const { args } = call
    const banner = sysstatBanner(call)
    const repetition = readRepetition(args)
    if (repetition.count <= 1) return { stdout: `${banner}\n${shown(call)}${averages(call)}` }
    const { count } = repetition
    return repeated(
      repetition,
      `${banner}\n${shown(call)}`,
      number => `${shown(call)}${number === count ? averages(call) : ''}`,
    )
  },
}
