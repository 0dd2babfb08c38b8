import { type JournalWriting, mergeJournal } from '../../journal/write-journal.ts'
import { isUnitRunning } from '../../relations/cluster-hosts.ts'
import type { Line } from '../../services/service.ts'
import { serviceOf } from '../../services/services.ts'
import { identifierOf, writingsOf } from '../../systemd/unit-lines.ts'
import type { Machine } from '../../world/machine.ts'
import type { Unit } from '../../world/unit.ts'
import type { World } from '../../world/world.ts'

const KEPT_MS = 6 * 3_600_000

/** The units whose everyday talk is remembered. */
const talkative = new Set(['kubelet', 'k3s', 'k3s-agent'])

const linesOf = (world: World, machine: Machine, unit: Unit): readonly JournalWriting[] => {
  const service = serviceOf(unit.service)
  const self = { machine, unit, container: undefined }
  const write = (line: Line, atMs: number): JournalWriting => ({
    atMs,
    unit: unit.name,
    identifier: identifierOf(unit),
    pid: unit.mainPid,
    message: line.text,
    priority: line.priority ?? 6,
  })
  const startedMs = unit.startedMs ?? unit.sinceMs
  const upMs = service.course === undefined ? startedMs : unit.sinceMs
  const begun = { ...self, unit: { ...unit, active: 'activating' as const } }
  const before =
    upMs === startedMs
      ? []
      : (service.chatter?.({ ...world, nowMs: startedMs }, begun, { fromMs: startedMs, toMs: upMs }) ?? [])
  const greeting = service.greeting?.({ ...world, nowMs: upMs }, self) ?? []
  const span = { fromMs: Math.max(upMs, world.nowMs - KEPT_MS), toMs: world.nowMs }
  const said = talkative.has(unit.service) ? (service.chatter?.(world, self, span) ?? []) : []
  return [
    ...before.map(line => write(line, line.atMs)),
    ...writingsOf({ machine, unit, atMs: upMs }, greeting),
    ...said.map(line => write(line, line.atMs)),
  ]
}

/** Writes into the journals of a world that is whole what its services said when they started, and of late. Planets have a past of their own. */
export const recallServices = (world: World): void => {
  for (const machine of world.machines.values()) {
    const units = [...machine.units.values()].filter(({ name }) => isUnitRunning(machine, name))
    mergeJournal(
      machine,
      units.flatMap(unit => linesOf(world, machine, unit)),
    )
  }
}
