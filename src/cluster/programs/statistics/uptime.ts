import { localTime } from '../../relations/clock.ts'
import { usersAt } from '../../relations/logins.ts'
import { everywhere, type Program, type Reply } from '../../shell/program.ts'
import { uptimeLine } from '../../text/uptime-text.ts'

const long = (ms: number): string => {
  const minutes = Math.floor(ms / 60_000)
  const parts = [
    [Math.floor(minutes / 10_080), 'week'],
    [Math.floor((minutes % 10_080) / 1440), 'day'],
    [Math.floor((minutes % 1440) / 60), 'hour'],
    [minutes % 60, 'minute'],
  ] as const
  return `up ${parts
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${count} ${word}${count === 1 ? '' : 's'}`)
    .join(', ')}`
}

/** uptime(1). */
export const uptime: Program = {
  names: ['uptime'],
  isInstalled: everywhere,
  run: ({ world, machine, args }): Reply => {
    if (args.includes('-p') || args.includes('--pretty'))
      return { stdout: `${long(world.nowMs - machine.bootedMs)}\n` }
    if (args.includes('-s') || args.includes('--since')) {
      const { year, month, day, time } = localTime(machine, machine.bootedMs)
      return { stdout: `${year}-${month}-${day} ${time}\n` }
    }
    return { stdout: ` ${uptimeLine(world, machine, usersAt(machine).length)}\n` }
  },
}
