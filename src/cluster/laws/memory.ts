import { writeJournal, writeKernel } from '../journal/write-journal.ts'
import { controlGroupOf } from '../relations/control-group.ts'
import { cacheRoom, wantedMemory } from '../relations/memory.ts'
import { badnessOf } from '../relations/oom-adjustment.ts'
import { type Process, processesOf } from '../relations/processes.ts'
import { managerOf } from '../relations/unit-of.ts'
import { endProcess } from '../systemd/end-process.ts'
import { tell } from '../systemd/unit-lines.ts'
import type { Machine } from '../world/machine.ts'
import type { Unit } from '../world/unit.ts'
import type { World } from '../world/world.ts'
import type { Law } from './law.ts'
import { groupOomLines, killedText, oomDump, oomKillLine } from './oom-lines.ts'

const endFree = (machine: Machine, { pid }: Process): void => {
  machine.processes = machine.processes.filter(process => process.pid !== pid && process.parentPid !== pid)
}

/** Ends a process as the kernel's OOM killer does, with what it tells of it; a container's ends with 137 and `OOMKilled`. */
export const killForMemory = (world: World, machine: Machine, victim: Process): void => {
  const atMs = world.nowMs
  for (const message of oomDump(world, machine, victim)) writeKernel(machine, { atMs, message, priority: 4 })
  const group = controlGroupOf(victim)
  writeKernel(machine, { atMs, message: oomKillLine(machine, victim) })
  writeKernel(machine, { atMs, priority: 3, message: `Out of memory: ${killedText(world, machine, victim)}` })
  const { unit, container } = victim
  if (unit !== undefined) {
    const at = { machine: managerOf(machine, unit), unit, atMs }
    tell(at, `${unit.name}: A process of this unit has been killed by the OOM killer.`)
    endProcess(world, at, { code: 'killed', status: 9, signal: 'KILL', why: 'oom-kill' })
  } else if (container !== undefined)
    Object.assign(container, { state: 'exited', exitCode: 137, reason: 'OOMKilled', finishedMs: atMs })
  else {
    endFree(machine, victim)
    const scope = group.split('/').at(-1) ?? ''
    const message = `${scope}: A process of this unit has been killed by the OOM killer.`
    writeJournal(machine, { atMs, unit: scope, identifier: 'systemd', pid: 1, message })
  }
}

/** Ends a unit's process that takes more than its control group may, as the kernel and systemd tell it. */
const killInGroup = (world: World, machine: Machine, unit: Unit): void => {
  const atMs = world.nowMs
  const [process] = processesOf(world, machine).filter(({ pid }) => pid === unit.mainPid)
  if (process === undefined) return
  const limitBytes = unit.definition.memoryMaxBytes ?? 0
  const overrun = { victim: process, limited: controlGroupOf(process), limitBytes }
  for (const message of groupOomLines(world, machine, overrun))
    writeKernel(machine, { atMs, message, priority: 3 })
  tell({ machine, unit, atMs }, `${unit.name}: A process of this unit has been killed by the OOM killer.`)
  endProcess(world, { machine, unit, atMs }, { code: 'killed', status: 9, signal: 'KILL', why: 'oom-kill' })
}

const isOverLimit = ({ mainPid, memoryBytes, definition: { memoryMaxBytes: most } }: Unit): boolean =>
  mainPid !== 0 && most !== undefined && memoryBytes > most

/** How fast reading fills the page cache again. */
const CACHED_PER_SECOND = 1.5 * 1024 ** 2

/** What processes take leaves the page cache at once; it grows again only with what is read. */
const keepCache = (machine: Machine, passedMs: number): void => {
  const room = cacheRoom(machine)
  const grown = (machine.pageCacheBytes ?? room) + (passedMs / 1000) * CACHED_PER_SECOND
  machine.pageCacheBytes = Math.min(room, grown)
}

const MOST_KILLS = 20

const victimOf = (world: World, machine: Machine): Process | undefined =>
  processesOf(world, machine)
    .map(process => ({ process, badness: badnessOf({ world, machine }, process) }))
    .filter(({ badness }) => badness > 0)
    .sort((a, b) => b.badness - a.badness)[0]?.process

/** A unit that takes more than it may loses its process. When processes want more than memory and swap hold, the kernel kills one after another, the worst by what it takes and how it is weighed, until they fit. */
export const memoryLaw: Law = (world, passedMs) => {
  for (const machine of world.machines.values()) {
    if (!machine.isPowered) continue
    for (const unit of machine.units.values()) if (isOverLimit(unit)) killInGroup(world, machine, unit)
    const swapBytes = machine.swap.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
    for (let kills = 0; kills < MOST_KILLS; kills++) {
      if (wantedMemory(machine) <= machine.memoryBytes * 0.998 + swapBytes) break
      const victim = victimOf(world, machine)
      if (victim === undefined) break
      killForMemory(world, machine, victim)
    }
    keepCache(machine, passedMs)
  }
}
