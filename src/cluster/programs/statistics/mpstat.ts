import { localTime } from '../../relations/clock.ts'
import { type ProcessorUse, processorOf } from '../../relations/processor.ts'
import { averageUseOf } from '../../relations/processor-time.ts'
import { type Call, onMachines, type Program } from '../../shell/program.ts'
import { asText } from '../../text/columns.ts'
import { swayed } from './momentary.ts'
import { readRepetition, repeated } from './repeat.ts'
import { sysstatBanner } from './sysstat-banner.ts'

const head = (label: string): string =>
  `${label}     CPU    %usr   %nice    %sys %iowait    %irq   %soft  %steal  %guest  %gnice   %idle`

const timeOf = ({ machine, world }: Call): string => localTime(machine, world.nowMs).time

const isOfAll = ({ args }: Call): boolean => args.includes('ALL')

const rows = (call: Call, label: string, { user, system, wait, idle }: ProcessorUse): readonly string[] => {
  const values = [user, 0, system, wait, 0, 0.03, 0, 0, 0, idle]
    .map(value => value.toFixed(2).padStart(8))
    .join('')
  const cores = Array.from({ length: call.machine.cpu.cores }, (_, at) => String(at))
  return ['all', ...(isOfAll(call) ? cores : [])].map(name => `${label}  ${name.padStart(6)}${values}`)
}

const momentary = (use: ProcessorUse, second: number): ProcessorUse => {
  const user = swayed(use.user, second)
  const system = swayed(use.system, second)
  return { ...use, user, system, idle: Math.max(0, 100 - user - system - use.wait) }
}

/** mpstat(1) of sysstat: the processors since the boot, or in each interval and on the average of them. */
export const mpstat: Program = {
  names: ['mpstat'],
  isInstalled: onMachines,
  run: call => {
    const { world, host } = call
    const { everySeconds, count } = readRepetition(call.args)
    const begin = `${sysstatBanner(call)}\n`
    const hasInterval = call.args.some(arg => /^\d+$/.test(arg))
    const time = timeOf(call)
    if (!hasInterval)
      return { stdout: `${begin}${asText([head(time), ...rows(call, time, averageUseOf(world, host))])}` }
    const each = isOfAll(call)
    return repeated({ everySeconds, count: count + 1 }, each ? begin : `${begin}${head(time)}\n`, number => {
      const now = timeOf(call)
      const use = processorOf(host)
      const shown = [...(each ? [head(now)] : []), ...rows(call, now, momentary(use, number))]
      const isLast = number === count + 1
      const average = isLast ? [...(each ? ['', head('Average:')] : []), ...rows(call, 'Average:', use)] : []
      return asText([...shown, ...(each && !isLast ? [''] : []), ...average])
    })
  },
}
