import { type JournalWriting, mergeJournal } from '../../journal/write-journal.ts'
import { serviceOf } from '../../services/services.ts'
import { titleOf } from '../../systemd/unit-lines.ts'
import type { Machine } from '../../world/machine.ts'
import type { Unit } from '../../world/unit.ts'
import type { World } from '../../world/world.ts'
import { addProcessorTime } from '../node/past-journal.ts'

const TOLD_MS = 3 * 3_600_000

const programOf = (unit: Unit): string =>
  (unit.execStart.split(/\s+/)[0]?.split('/').at(-1) ?? '').slice(0, 15)

const linesOf = (world: World, planet: Machine, unit: Unit): readonly JournalWriting[] => {
  const self = { machine: planet, unit, container: undefined }
  const service = serviceOf(unit.service)
  const startedMs = unit.startedMs ?? planet.bootedMs
  const own = (atMs: number, message: string): JournalWriting => ({
    atMs,
    unit: unit.name,
    identifier: programOf(unit),
    pid: unit.mainPid,
    message,
  })
  const span = { fromMs: Math.max(startedMs, world.nowMs - TOLD_MS), toMs: world.nowMs }
  return [
    { atMs: startedMs, unit: unit.name, identifier: 'systemd', pid: 1, message: `Started ${titleOf(unit)}.` },
    ...(service.greeting?.({ ...world, nowMs: startedMs }, self) ?? []).map(({ text }) =>
      own(startedMs + 400, text),
    ),
    ...(service.chatter?.(world, self, span) ?? []).map(({ atMs, text }) => own(atMs, text)),
  ]
}

/** Writes Planet's journal anew: how its units came up with the machine, what they said in the last hours, and what they have used. */
export const writePlanetPast = (world: World, planet: Machine): void => {
  addProcessorTime({ world, machine: planet })
  planet.journal = []
  const lines = [...planet.units.values()]
    .filter(({ mainPid }) => mainPid !== 0)
    .flatMap(unit => linesOf(world, planet, unit))
  mergeJournal(planet, lines)
}
