import { writeJournal } from '../journal/write-journal.ts'
import { userIdOf } from '../relations/accounts.ts'
import { shownMs, zoneOffsetMs } from '../relations/clock.ts'
import { type CronEntry, crontabsOf } from '../relations/crontabs.ts'
import { isStopped } from '../relations/stopped.ts'
import { isScheduled } from '../text/cron-schedule.ts'
import type { Machine } from '../world/machine.ts'
import type { Unit } from '../world/unit.ts'
import type { World } from '../world/world.ts'
import { shellProcess } from './job-process.ts'
import type { Alarm, Errand, JobOrder } from './jobs.ts'
import { createLevel, type Level } from './level.ts'
import type { Reply } from './program.ts'

const MINUTE_MS = 60_000
/** cron wakes a little after the minute. */
const WAKES_MS = 1_000
const MEMORY_BYTES = 2_200_000

/** What cron has a shell run. */
export type CronOrder = Pick<JobOrder, 'machine' | 'process' | 'isForeign'> & {
  readonly level: Level
  readonly line: string
  readonly stdin: string
}

/** How a session begins what cron orders; it ends in what cron is told of it. */
type Begin = (order: CronOrder) => Promise<unknown>

const cronOf = (machine: Machine): Unit | undefined =>
  [...machine.units.values()].find(unit => unit.service === 'cron')

const isAtWork = (machine: Machine): boolean => {
  const unit = cronOf(machine)
  return machine.isPowered && unit?.active === 'active' && !isStopped(machine, unit.mainPid ?? 0)
}

/** The last waking of a machine's cron up to a point of true time, in true time. */
const lastWaking = (machine: Machine, atMs: number): number => {
  const shown = shownMs(machine, atMs) - WAKES_MS
  return atMs - (shown - Math.floor(shown / MINUTE_MS) * MINUTE_MS)
}

const orderOf = (world: World, machine: Machine, entry: CronEntry): CronOrder => {
  // The one before is cron's own child, which opens the session.
  machine.nextPid += 1
  const process = shellProcess(world, machine, {
    parentPid: cronOf(machine)?.mainPid ?? 1,
    user: entry.user,
    command: `/bin/sh -c ${entry.command}`,
    memoryBytes: MEMORY_BYTES,
  })
  const post = { machine, host: machine, container: undefined, user: entry.user }
  const env = { SHELL: '/bin/sh', PATH: '/usr/bin:/bin', ...entry.env }
  const { command: line, stdin } = entry
  return { machine, process, isForeign: true, level: createLevel(post, env), line, stdin }
}

const tell = (world: World, { machine, process }: CronOrder, message: string): void =>
  writeJournal(machine, {
    atMs: world.nowMs,
    unit: cronOf(machine)?.name ?? 'cron.service',
    identifier: 'CRON',
    pid: process.pid,
    message,
  })

/** What cron does with the output of a command: there is nobody on these machines to send it to. */
const takeOutput = (world: World, order: CronOrder, { stdout = '', stderr = '' }: Reply): void => {
  if (stdout + stderr !== '') tell(world, order, '(CRON) info (No MTA installed, discarding output)')
  tell(world, order, `pam_unix(cron:session): session closed for user ${order.process.user}`)
}

/** Whatever a command of cron answers, its output goes to nobody's terminal. */
export const runForCron =
  (world: World, order: CronOrder, run: (errand: Errand) => Promise<Reply>) =>
  async (errand: Errand): Promise<Reply> => {
    const reply = await run(errand)
    takeOutput(world, order, reply)
    return { exit: reply.exit ?? 0 }
  }

const localTime = (machine: Machine, atMs: number): number => {
  const shown = shownMs(machine, atMs)
  return shown + zoneOffsetMs(machine, shown)
}

const runDue = async (world: World, machine: Machine, begin: Begin): Promise<void> => {
  const localMs = localTime(machine, lastWaking(machine, world.nowMs))
  for (const entry of crontabsOf(machine)) {
    if (!isScheduled(entry.schedule, localMs)) continue
    const order = orderOf(world, machine, entry)
    const { user } = entry
    tell(
      world,
      order,
      `pam_unix(cron:session): session opened for user ${user}(uid=${userIdOf(machine, user)}) by (uid=0)`,
    )
    tell(world, order, `(${user}) CMD (${entry.command})`)
    await begin(order)
  }
}

const machinesOf = (world: World): readonly Machine[] =>
  [...world.machines.values()].filter(machine => cronOf(machine) !== undefined)

/** The first waking of a machine's cron up to a point of time at which its tables have something to run. */
const nextDue = (machine: Machine, untilMs: number): number => {
  const entries = crontabsOf(machine)
  const firstMs = lastWaking(machine, (machine.cronMs ?? 0) + MINUTE_MS)
  for (let atMs = firstMs; atMs <= untilMs; atMs += MINUTE_MS) {
    const localMs = localTime(machine, atMs)
    if (entries.some(({ schedule }) => isScheduled(schedule, localMs))) return atMs
  }
  return Number.POSITIVE_INFINITY
}

/** cron on every machine as `createCron` has it, except that time stops only where there is something to run. */
export const createIdleCron = (world: World, begin: Begin): Alarm => ({
  ...createCron(world, begin),
  nextMs: untilMs => Math.min(...machinesOf(world).map(machine => nextDue(machine, untilMs))),
})

/** cron on every machine: each minute of its own clock it runs what its tables say, as long as it runs itself. */
export const createCron = (world: World, begin: Begin): Alarm => {
  const machines = machinesOf(world)
  for (const machine of machines) machine.cronMs = Math.max(machine.cronMs ?? 0, world.nowMs)
  const nextOf = (machine: Machine, untilMs: number): number => {
    const wakingMs = lastWaking(machine, untilMs)
    if (wakingMs <= (machine.cronMs ?? 0)) return Number.POSITIVE_INFINITY
    return Math.max(world.nowMs, lastWaking(machine, (machine.cronMs ?? 0) + MINUTE_MS))
  }
  return {
    nextMs: untilMs => Math.min(...machines.map(machine => nextOf(machine, untilMs))),
    ring: async () => {
      for (const machine of machines) {
        const wakingMs = lastWaking(machine, world.nowMs)
        if (wakingMs <= (machine.cronMs ?? 0)) continue
        machine.cronMs = world.nowMs
        if (isAtWork(machine)) await runDue(world, machine, begin)
      }
    },
  }
}
