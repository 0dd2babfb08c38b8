import { diskLoadOf } from '../../relations/disk-load.ts'
import { trafficOf } from '../../relations/disk-traffic.ts'
import { type ProcessorUse, processorOf } from '../../relations/processor.ts'
import { averageUseOf } from '../../relations/processor-time.ts'
import { type Call, onMachines, type Program } from '../../shell/program.ts'
import { alignColumns, asText } from '../../text/columns.ts'
import { readRepetition, repeated } from './repeat.ts'
import { sysstatBanner } from './sysstat-banner.ts'

const averages = (use: ProcessorUse): string => {
  const values = [use.user, 0, use.system, use.wait, 0, use.idle]
  const row = values.map(value => value.toFixed(2).padStart(8)).join('')
  return `avg-cpu:  %user   %nice %system %iowait  %steal   %idle\n       ${row}\n`
}

const disksOf = ({ machine, args }: Call) => {
  const named = args.filter(arg => /^(sd|vd|nvme|dm-)\w*$/.test(arg))
  return machine.devices
    .filter(({ kind, name }) => (named.length === 0 ? kind === 'disk' : named.includes(name)))
    .map(({ name, ...device }) => ({ name, ...diskLoadOf(machine, { name, ...device }) }))
}

const extendedHead =
  'Device r/s rkB/s rrqm/s %rrqm r_await rareq-sz w/s wkB/s wrqm/s %wrqm w_await wareq-sz d/s dkB/s drqm/s %drqm d_await dareq-sz f/s f_await aqu-sz %util'.split(
    ' ',
  )
const extendedWidths = [13, 7, 9, 8, 6, 7, 8, 7, 9, 8, 6, 7, 8, 7, 9, 8, 6, 7, 8, 7, 7, 7, 6]

const extended = (call: Call): string => {
  const rows = disksOf(call).map(({ name, utilPercent, awaitMs }) => {
    const { writes, readKib, writtenKib } = trafficOf({ utilPercent })
    const queue = (writes * awaitMs) / 1000
    const read = [0.31, readKib, 0.02, 6.1, awaitMs * 0.6, 31.6]
    const written = [writes, writtenKib, writes * 0.62, 38.3, awaitMs, 12.4]
    const rest = [0, 0, 0, 0, 0, 0, writes * 0.22, awaitMs * 0.4, queue, utilPercent]
    return [name, ...[...read, ...written, ...rest].map(value => value.toFixed(2))]
  })
  const pad = (cell: string, at: number): string => {
    const width = extendedWidths[at] ?? 8
    return at === 0 ? cell.padEnd(width) : cell.padStart(width)
  }
  return asText([extendedHead, ...rows].map(row => row.map(pad).join(' ')))
}

const plainDisks = (call: Call): string => {
  const rows = disksOf(call).map(({ name, ...load }) => {
    const { writes, readKib, writtenKib } = trafficOf(load)
    return [
      name,
      ...[writes + 0.31, readKib, writtenKib, 0].map(value => value.toFixed(2)),
      '2641107',
      String(Math.round(load.utilPercent * 9_500_000)),
      '0',
    ]
  })
  const head = ['Device', 'tps', 'kB_read/s', 'kB_wrtn/s', 'kB_dscd/s', 'kB_read', 'kB_wrtn', 'kB_dscd']
  return asText(
    alignColumns([head.map((cell, at) => (at === 0 ? cell.padEnd(13) : cell.padStart(9))), ...rows], {
      alignments: ['left', 'right', 'right', 'right', 'right', 'right', 'right', 'right'],
    }),
  )
}

const report = (call: Call, use: ProcessorUse): string => {
  const letters = call.args.filter(arg => /^-[a-zA-Z]+$/.test(arg)).join('')
  const cpu = letters.includes('d') ? '' : `${averages(use)}\n`
  if (letters.includes('c')) return cpu
  return `${cpu}${letters.includes('x') ? extended(call) : plainDisks(call)}\n`
}

/** iostat(1) of sysstat: its first report has the averages since the boot. */
export const iostat: Program = {
  names: ['iostat'],
  isInstalled: onMachines,
  run: call =>
    repeated(
      readRepetition(call.args),
      `${sysstatBanner(call)}\n${report(call, averageUseOf(call.world, call.host))}`,
      () => report(call, processorOf(call.host)),
    ),
}
