import { chanceBetween } from '../../chance.ts'
import { earlierJournal, type JournalWriting } from '../../journal/write-journal.ts'
import { loginAddressOf } from '../../relations/login-address.ts'
import { arrivalLines, breakLines } from '../../relations/login-lines.ts'
import { unitOf } from '../../relations/unit-of.ts'
import { titleOf } from '../../systemd/unit-lines.ts'
import type { Machine } from '../../world/machine.ts'
import type { World } from '../../world/world.ts'
import { cronRun } from './cron-run.ts'
import { KEPT_MS, OFF_MS } from './write-logs.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
const UP_DAYS = { least: 29, most: 52 }

/** Draws of the machine's own, so that nothing else in the world comes out otherwise. */
const ownChance = ({ machineId }: Machine): Pick<World, 'chanceState'> => ({
  chanceState: Number.parseInt(machineId.slice(0, 8), 16) | 0,
})

const systemd = (atMs: number, message: string, unit?: string): JournalWriting => ({
  atMs,
  identifier: 'systemd',
  pid: 1,
  message,
  ...(unit === undefined ? {} : { unit }),
})

/** What is said while a machine goes down: its services stop, then the system does. */
const shutdownLines = (machine: Machine, downMs: number): readonly JournalWriting[] => {
  const services = [...machine.units.values()].filter(
    ({ name, sub }) => name.endsWith('.service') && sub === 'running' && !name.startsWith('systemd-'),
  )
  const stops = services.flatMap((unit, at) => [
    systemd(downMs - 4_000 + at * 3.137, `Stopping ${titleOf(unit)}...`, unit.name),
    systemd(downMs - 3_100 + at * 41.283, `${unit.name}: Deactivated successfully.`, unit.name),
    systemd(downMs - 3_100 + at * 41.283 + 0.219, `Stopped ${titleOf(unit)}.`, unit.name),
  ])
  const first = chanceBetween(ownChance(machine), { least: 395, most: 460 })
  const last = [
    'Reached target System Shutdown.',
    'Reached target Late Shutdown Services.',
    'systemd-reboot.service: Deactivated successfully.',
    'Finished System Reboot.',
    'Reached target System Reboot.',
    'Shutting down.',
  ].map((message, at) => systemd(downMs - 210 + at * 11.617, message))
  return [
    {
      atMs: downMs - 4_060,
      identifier: 'systemd-logind',
      unit: 'systemd-logind.service',
      pid: first + 341,
      message: 'System is rebooting.',
    },
    ...stops,
    ...last,
    {
      atMs: downMs,
      identifier: 'systemd-journald',
      unit: 'systemd-journald.service',
      pid: first,
      message: 'Journal stopped',
    },
  ]
}

/** Somebody came to the machine and started it again. */
const lastLogin = (world: World, machine: Machine, downMs: number): readonly JournalWriting[] => {
  const own = ownChance(machine)
  const atMs = downMs - chanceBetween(own, { least: 150_000, most: 500_000 })
  const from = loginAddressOf(world, machine)
  const port = chanceBetween(own, { least: 34_000, most: 60_000 })
  const pid = chanceBetween(own, { least: 61_000, most: 140_000 })
  const who = { user: 'ops', from, port, session: chanceBetween(own, { least: 120, most: 260 }), pid }
  machine.pastLogins = [
    { user: 'ops', from, terminal: 'pts/0', sinceMs: atMs, untilMs: downMs, end: 'down' },
    ...(machine.pastLogins ?? []),
  ]
  return [
    ...arrivalLines(machine, who, { atMs, isFirst: true }),
    {
      atMs: downMs - 4_300,
      identifier: 'sudo',
      pid: pid + 41,
      message: '     ops : TTY=pts/0 ; PWD=/home/ops ; USER=root ; COMMAND=/usr/sbin/reboot',
    },
    ...breakLines(machine, who, downMs - 3_900),
  ]
}

const hourlyRuns = (
  machine: Machine,
  { fromMs, toMs }: { fromMs: number; toMs: number },
): readonly JournalWriting[] => {
  const own = ownChance(machine)
  const first = Math.ceil(fromMs / HOUR_MS) * HOUR_MS + 17 * MINUTE_MS
  const lines: JournalWriting[] = []
  let pid = chanceBetween(own, { least: 41_000, most: 60_000 })
  for (let atMs = first; atMs < toMs - MINUTE_MS; atMs += HOUR_MS) {
    lines.push(...cronRun(machine, { atMs, pid }))
    pid += chanceBetween(own, { least: 5, most: 60 })
  }
  return lines
}

/** Gives a machine the boot before its current one: in wtmp, and its end in a journal that outlives a boot. */
export const writeEarlierBoot = (world: World, machine: Machine): void => {
  const downMs = machine.bootedMs - OFF_MS
  const own = ownChance(machine)
  const upMs =
    chanceBetween(own, UP_DAYS) * DAY_MS + chanceBetween(own, { least: 0, most: 1_439 }) * MINUTE_MS
  machine.pastBoots = [{ fromMs: downMs - upMs, toMs: downMs }]
  const login = lastLogin(world, machine, downMs)
  if (machine.os.id === 'centos' || unitOf(machine, 'cron') === undefined) return
  earlierJournal(machine, [
    ...hourlyRuns(machine, { fromMs: downMs - KEPT_MS, toMs: downMs }),
    ...login,
    ...shutdownLines(machine, downMs),
  ])
}
