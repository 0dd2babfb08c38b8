import { writeJournal } from '../journal/write-journal.ts'
import { setClockOffset } from '../relations/clock.ts'
import { firstSourceName, timeSourcesOf } from '../relations/time-sources.ts'
import { isZone } from '../relations/time-zone.ts'
import { unitOf } from '../relations/unit-of.ts'
import type { Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import type { Law } from './law.ts'

const STEPS_AFTER_MS = 9_000
const STEP_LEAST_MS = 1_000
const SYNC_LOST_MS = 3_600_000

/** chronyd sets a clock right by a step only soon after its own start, as `makestep 1 3` says; small errors it slews away. */
const settle = (world: World, machine: Machine): void => {
  const chrony = unitOf(machine, 'chronyd')
  const runsMs =
    chrony?.active === 'active' && chrony.startedMs !== undefined ? world.nowMs - chrony.startedMs : undefined
  if (runsMs === undefined) {
    if (chrony !== undefined && chrony.endedMs !== undefined && world.nowMs - chrony.endedMs > SYNC_LOST_MS)
      machine.isTimeSynchronized = false
    return
  }
  if (machine.isTimeSynchronized || runsMs < STEPS_AFTER_MS) return
  if (!timeSourcesOf(world, machine).some(({ isReached }) => isReached)) return
  const isEarly = runsMs < STEPS_AFTER_MS + 60_000
  const offset = machine.clockOffsetMs
  if (Math.abs(offset) >= STEP_LEAST_MS && !isEarly) return
  const say = (message: string, priority = 6): void =>
    writeJournal(machine, {
      atMs: world.nowMs,
      unit: chrony?.name,
      identifier: 'chronyd',
      pid: chrony?.mainPid,
      priority,
      message,
    })
  say(`Selected source ${firstSourceName(machine)}`)
  if (Math.abs(offset) >= STEP_LEAST_MS) {
    say(`System clock wrong by ${(-offset / 1000).toFixed(6)} seconds`, 4)
    say(`System clock was stepped by ${(-offset / 1000).toFixed(6)} seconds`, 4)
  }
  setClockOffset(world.nowMs, machine, 0)
  machine.isTimeSynchronized = true
}

/** A machine lives in the time zone that its file leads to; without one, or one that nobody knows, in UTC. */
const followZone = (machine: Machine): void => {
  const link = machine.files.get('/etc/localtime')
  const zone = link?.kind === 'symlink' ? (/zoneinfo\/(.+)$/.exec(link.text)?.[1] ?? '') : ''
  machine.timezone = isZone(zone) ? zone : 'UTC'
}

/** Clocks follow the time servers where chronyd runs and reaches one. */
export const clocksLaw: Law = world => {
  for (const machine of world.machines.values()) {
    followZone(machine)
    if (machine.isPowered) settle(world, machine)
  }
}
