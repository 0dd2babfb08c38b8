import { localTime } from '../relations/clock.ts'
import type { Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'

/** How long a machine is up, as uptime(1) writes it: `2 days, 17:44`, `41 min`. */
export const upText = (ms: number): string => {
  const minutes = Math.floor(ms / 60_000)
  const days = Math.floor(minutes / 1440)
  const hours = Math.floor((minutes % 1440) / 60)
  const rest = minutes % 60
  const clock = hours > 0 ? `${String(hours).padStart(2)}:${String(rest).padStart(2, '0')}` : `${rest} min`
  return days === 0 ? clock : `${days} day${days === 1 ? '' : 's'}, ${clock}`
}

/** The first line of uptime, w and top: the time, how long it is up, who is there, and the load averages. */
export const uptimeLine = (world: World, machine: Machine, users: number): string => {
  const load = machine.load.map(average => average.toFixed(2)).join(', ')
  return `${localTime(machine, world.nowMs).time} up ${upText(world.nowMs - machine.bootedMs)},  ${users === 1 ? '1 user' : `${users} users`},  load average: ${load}`
}
