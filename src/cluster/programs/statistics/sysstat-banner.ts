import { localTime } from '../../relations/clock.ts'
import { hostnameOf } from '../../relations/hostname.ts'
import type { Call } from '../../shell/program.ts'

/** The line that the tools of sysstat begin with. */
export const sysstatBanner = ({ machine, world }: Pick<Call, 'machine' | 'world'>): string => {
  const { month, day, year } = localTime(machine, world.nowMs)
  return `Linux ${machine.os.kernel} (${hostnameOf(machine)}) \t${month}/${day}/${year.slice(2)} \t_x86_64_\t(${machine.cpu.cores} CPU)\n`
}
