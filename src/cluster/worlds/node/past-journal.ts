import { chance, chanceApart, chanceBetween } from '../../chance.ts'
import { kernelBootLines } from '../../journal/boot-lines.ts'
import { type JournalWriting, mergeJournal } from '../../journal/write-journal.ts'
import { loginAddressOf } from '../../relations/login-address.ts'
import { arrivalLines, leavingLines, MANAGER_AFTER, managerLines } from '../../relations/login-lines.ts'
import { PAST_PID } from '../../relations/terminal.ts'
import { firstSourceName, otherSourceNames } from '../../relations/time-sources.ts'
import { unitOf } from '../../relations/unit-of.ts'
import { findUnit } from '../../systemd/load-unit.ts'
import { nextElapse } from '../../systemd/next-elapse.ts'
import { titleOf } from '../../systemd/unit-lines.ts'
import type { Machine } from '../../world/machine.ts'
import type { World } from '../../world/world.ts'
import { cronRun } from './cron-run.ts'

type Past = { readonly world: World; readonly machine: Machine; readonly lines: JournalWriting[] }

const HOUR_MS = 3_600_000

const systemd = (unit: string, atMs: number, message: string): JournalWriting => ({
  atMs,
  unit,
  identifier: 'systemd',
  pid: 1,
  message,
})

const addBoot = ({ machine, lines }: Past): void => {
  const { bootedMs } = machine
  for (const [seconds, message] of kernelBootLines(machine))
    lines.push({ atMs: bootedMs + Math.round(seconds * 1000), identifier: 'kernel', message })
  for (const unit of machine.units.values()) {
    if (unit.active !== 'active') continue
    const verb =
      { exited: 'Finished', running: 'Started', listening: 'Listening on', active: 'Reached target' }[
        unit.sub
      ] ?? 'Started'
    const { startedMs, definition } = unit
    if (startedMs !== undefined && startedMs < unit.sinceMs && definition.type === 'notify')
      lines.push(systemd(unit.name, startedMs - 4, `Starting ${titleOf(unit)}...`))
    lines.push(systemd(unit.name, unit.sinceMs, `${verb} ${titleOf(unit)}.`))
  }
  lines.push({
    atMs: bootedMs + 23_000,
    identifier: 'systemd',
    pid: 1,
    message: 'Startup finished in 3.914s (kernel) + 18.407s (userspace) = 22.321s.',
  })
}

/** Every run of a timer since the boot, as three lines of systemd. */
const addTimers = ({ world, machine, lines }: Past): void => {
  for (const timer of machine.units.values()) {
    if (!timer.name.endsWith('.timer') || timer.definition.onCalendar === '') continue
    const work = findUnit(machine, timer.definition.triggers || timer.name.replace(/timer$/, 'service'))
    if (work === undefined) continue
    let atMs = nextElapse(timer.definition.onCalendar, machine.bootedMs + 60_000)
    while (atMs !== undefined && atMs + 1_000 <= world.nowMs) {
      const startMs = atMs + 140 + Math.floor(chance(world) * 800)
      lines.push(
        systemd(work.name, startMs, `Starting ${titleOf(work)}...`),
        systemd(work.name, startMs + 21, `${work.name}: Deactivated successfully.`),
        systemd(work.name, startMs + 22, `Finished ${titleOf(work)}.`),
      )
      timer.lastTriggerMs = startMs
      atMs = nextElapse(timer.definition.onCalendar, atMs)
    }
    timer.nextStartMs = atMs
  }
}

/** What ran in the past took numbers after those of the boot and before that of the first shell. */
const PAST_PIDS = { first: 3_200, last: PAST_PID - 60 }

/** The number that a process of the past got: they rise with time. */
const pidThen = (world: World, { bootedMs }: Machine, atMs: number): number => {
  const { first, last } = PAST_PIDS
  return first + Math.floor(((last - first) * (atMs - bootedMs)) / Math.max(1, world.nowMs - bootedMs))
}

const addCron = ({ world, machine, lines }: Past): void => {
  const isCentos = machine.os.id === 'centos'
  for (
    let atMs = Math.ceil(machine.bootedMs / HOUR_MS) * HOUR_MS + (isCentos ? 1 : 17) * 60_000;
    atMs < world.nowMs;
    atMs += HOUR_MS
  ) {
    const pid = pidThen(world, machine, atMs) + chanceBetween(world, { least: 0, most: 9 })
    lines.push(...cronRun(machine, { atMs, pid }))
  }
}

/** Logins of the operators from the workstation, some each day. */
const addLogins = ({ world, machine, lines }: Past): void => {
  let atMs = machine.bootedMs + chanceBetween(world, { least: 1, most: 5 }) * HOUR_MS
  const from = loginAddressOf(world, machine)
  machine.pastLogins = []
  for (let session = 3; atMs < world.nowMs - HOUR_MS; session++) {
    const pid = pidThen(world, machine, atMs)
    const endMs = Math.min(world.nowMs - 60_000, atMs + chanceBetween(world, { least: 4, most: 50 }) * 60_000)
    const port = chanceBetween(world, { least: 34_000, most: 60_000 })
    const who = { user: 'ops', from, port, session, pid }
    lines.push(
      ...arrivalLines(machine, who, { atMs, isFirst: true }),
      ...leavingLines(machine, who, endMs),
      ...managerLines(machine, { user: 'ops', pid: pid + MANAGER_AFTER }, endMs + 10_040),
    )
    machine.pastLogins.push({
      user: 'ops',
      from,
      terminal: 'pts/0',
      sinceMs: atMs,
      untilMs: endMs,
      end: 'left',
    })
    machine.lastSession = session
    atMs +=
      chanceBetween(world, { least: 2, most: 14 }) * HOUR_MS +
      chanceBetween(world, { least: 0, most: 59 }) * 60_000
  }
}

const addNoise = ({ world, machine, lines }: Past): void => {
  const chrony = unitOf(machine, 'chronyd')
  if (chrony !== undefined) {
    const say = (atMs: number, message: string): JournalWriting => ({
      atMs,
      unit: chrony.name,
      identifier: 'chronyd',
      pid: chrony.mainPid,
      message,
    })
    lines.push(
      say(machine.bootedMs + 14_000, `Selected source ${firstSourceName(machine)}`),
      ...(machine.os.id === 'centos'
        ? []
        : [say(machine.bootedMs + 14_002, 'System clock TAI offset set to 37 seconds')]),
    )
    for (
      let atMs = machine.bootedMs + 9 * HOUR_MS;
      atMs < world.nowMs;
      atMs += chanceBetween(world, { least: 9, most: 31 }) * HOUR_MS
    )
      lines.push(say(atMs, `Selected source ${otherSourceNames(machine)[chance(world) < 0.5 ? 1 : 0]}`))
  }
  const multipathd = machine.units.get('multipathd.service')
  if (multipathd !== undefined)
    for (
      let atMs = machine.bootedMs + 2 * HOUR_MS;
      atMs < world.nowMs;
      atMs += chanceBetween(world, { least: 60, most: 420 }) * 60_000
    )
      lines.push({
        atMs,
        unit: multipathd.name,
        identifier: 'multipathd',
        pid: multipathd.mainPid,
        message: 'sda: add missing path',
      })
}

/** What the units have used of the processors since the boot. */
export const addProcessorTime = ({ world, machine }: Omit<Past, 'lines'>): void => {
  for (const unit of machine.units.values())
    if (unit.startedMs !== undefined) unit.cpuMs = ((world.nowMs - unit.startedMs) * unit.cpuPercent) / 100
}

/** Fills the journal of a machine with its life since the boot: kernel and units, timers, cron, logins, and a little noise. */
export const writePast = (world: World, machine: Machine): void => {
  const past: Past = { world, machine, lines: [] }
  addBoot(past)
  chanceApart(world, () => {
    addTimers(past)
    addCron(past)
    addLogins(past)
    addNoise(past)
  })
  mergeJournal(machine, past.lines)
  addProcessorTime(past)
}
