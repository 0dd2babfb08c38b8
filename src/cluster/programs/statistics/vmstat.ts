import { kernelCounts } from '../../files/proc-stat.ts'
import { busyDisksOf } from '../../relations/disk-load.ts'
import { trafficOf } from '../../relations/disk-traffic.ts'
import { kernelMemoryOf } from '../../relations/kernel-memory.ts'
import { buffersOf, memoryOf } from '../../relations/memory.ts'
import { pagingRates } from '../../relations/paging.ts'
import { type ProcessorUse, processorOf } from '../../relations/processor.ts'
import { averageUseOf, switchesOf } from '../../relations/processor-time.ts'
import { type Call, everywhere, type Program } from '../../shell/program.ts'
import { asText } from '../../text/columns.ts'
import { swayed } from './momentary.ts'
import { readRepetition, repeated } from './repeat.ts'

const header =
  'procs -----------memory---------- ---swap-- -----io---- -system-- ------cpu-----\n r  b   swpd   free   buff  cache   si   so    bi    bo   in   cs us sy id wa st\n'

const kibi = (bytes: number): number => Math.round(bytes / 1024)

/** A row of what memory holds now, and of what processors and disks did by `use`; `sway` takes a rate to that of the moment. */
const rowOf = ({ host: machine }: Call, use: ProcessorUse, sway: (rate: number) => number): string => {
  const memory = memoryOf(machine)
  const traffic = busyDisksOf(machine).map(trafficOf)
  const buffers = buffersOf(memory)
  const isSwapping = memory.swapUsed > 0 && memory.available < memory.total * 0.05
  const { interrupts, switches } = switchesOf(use)
  const user = Math.round(sway(use.user))
  const system = Math.round(sway(use.system))
  const wait = Math.round(use.wait)
  const values = [
    use.runnable,
    use.blocked,
    kibi(memory.swapUsed),
    kibi(memory.free),
    kibi(buffers),
    kibi(memory.cache - buffers),
    isSwapping ? 840 : 0,
    isSwapping ? 1_250 : 0,
    Math.round(traffic.reduce((sum, { readKib }) => sum + readKib, 0)),
    Math.round(traffic.reduce((sum, { writtenKib }) => sum + writtenKib, 0)),
    Math.round(sway(interrupts)),
    Math.round(sway(switches)),
    user,
    system,
    Math.max(0, 100 - user - system - wait),
    wait,
    0,
  ]
  const widths = [2, 2, 6, 6, 6, 6, 4, 4, 5, 5, 4, 4, 2, 2, 2, 2, 2]
  return `${values.map((value, at) => String(value).padStart(widths[at] ?? 2)).join(' ')}\n`
}

/** What `-s` lists: sizes now, and counts since the boot. */
const sums = (call: Call): string => {
  const memory = memoryOf(call.host)
  const buffers = buffersOf(memory)
  const rows = new Map(kernelMemoryOf(call.host))
  const counts = kernelCounts({ world: call.world, machine: call.host })
  const rates = pagingRates(call.host)
  const upS = (call.world.nowMs - call.host.bootedMs) / 1000
  const sizes: readonly (readonly [number, string])[] = [
    [memory.total, 'total memory'],
    [memory.used, 'used memory'],
    [rows.get('Active') ?? 0, 'active memory'],
    [rows.get('Inactive') ?? 0, 'inactive memory'],
    [memory.free, 'free memory'],
    [buffers, 'buffer memory'],
    [memory.cache - buffers, 'swap cache'],
    [memory.swapTotal, 'total swap'],
    [memory.swapUsed, 'used swap'],
    [memory.swapTotal - memory.swapUsed, 'free swap'],
  ]
  const numbers: readonly (readonly [number, string])[] = [
    [counts.user, 'non-nice user cpu ticks'],
    [counts.nice, 'nice user cpu ticks'],
    [counts.system, 'system cpu ticks'],
    [counts.idle, 'idle cpu ticks'],
    [counts.wait, 'IO-wait cpu ticks'],
    [0, 'IRQ cpu ticks'],
    [counts.soft, 'softirq cpu ticks'],
    [0, 'stolen cpu ticks'],
    [Math.floor(rates.in * upS), 'pages paged in'],
    [Math.floor(rates.out * upS), 'pages paged out'],
    [0, 'pages swapped in'],
    [0, 'pages swapped out'],
    [counts.interrupts, 'interrupts'],
    [counts.switches, 'CPU context switches'],
    [counts.bootS, 'boot time'],
    [counts.forks, 'forks'],
  ]
  return asText([
    ...sizes.map(([bytes, name]) => `${String(kibi(bytes)).padStart(13)} K ${name}`),
    ...numbers.map(([count, name]) => `${String(count).padStart(13)} ${name}`),
  ])
}

/** vmstat(8) of procps: its first row has the averages since the boot. */
export const vmstat: Program = {
  names: ['vmstat'],
  isInstalled: everywhere,
  run: call => {
    const { world, host, args } = call
    if (args.some(arg => /^-\w*s/.test(arg) || arg === '--stats')) return { stdout: sums(call) }
    const first = rowOf(call, averageUseOf(world, host), rate => rate)
    return repeated(readRepetition(args), header + first, number =>
      rowOf(call, processorOf(host), rate => swayed(rate, number)),
    )
  },
}
