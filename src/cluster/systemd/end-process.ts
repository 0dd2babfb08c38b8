import type { UnitExit } from '../world/unit.ts'
import type { World } from '../world/world.ts'
import { dropTransient } from './drop-transient.ts'
import { tellRemaining } from './left-over.ts'
import { dropPrivate } from './private-folders.ts'
import { stopDependents } from './stop-unit.ts'
import { exitText, type Happening, tell, tellConsumption, titleOf } from './unit-lines.ts'

const resultOf = ({ code, status, signal }: UnitExit): string => {
  if (code === 'killed') return signal === 'TERM' || signal === 'HUP' ? 'success' : 'signal'
  return status === 0 ? 'success' : 'exit-code'
}

const wantsRestart = ({ unit }: Happening, result: string): boolean => {
  switch (unit.definition.restart) {
    case 'always':
      return true
    case 'on-failure':
      return result !== 'success'
    case 'on-abnormal':
      return result !== 'success' && result !== 'exit-code'
    default:
      return false
  }
}

/** So many runs are kept for those who tell of them. */
const MOST_RUNS = 64

const keepRun = ({ unit, atMs }: Happening): void => {
  const { forked, mainPid, startedMs = atMs, endedRuns = [] } = unit
  if (forked?.by === mainPid)
    unit.endedRuns = [...endedRuns, { startedMs, forkedMs: forked.startedMs, endedMs: atMs }].slice(
      -MOST_RUNS,
    )
}

/**
 * The main process of a unit ends by itself or is killed: the unit fails, ends, or waits for its restart, by its policy. `why` names
 * another result, such as `oom-kill`.
 */
export const endProcess = (world: World, at: Happening, exit: UnitExit & { readonly why?: string }): void => {
  const { unit, atMs } = at
  const result = exit.why ?? resultOf(exit)
  const wasStarting = unit.active === 'activating' || unit.startedMs === atMs
  const wasBeforeMain = unit.active === 'activating' && unit.sub === 'start-pre'
  const { code, status, signal } = exit
  if (unit.active === 'active') unit.wasUp = { fromMs: unit.sinceMs, toMs: atMs }
  keepRun(at)
  Object.assign(unit, {
    lastExit: { code, status, signal },
    lastPid: unit.mainPid,
    mainPid: 0,
    endedMs: atMs,
    order: undefined,
    tasks: 0,
    result,
  })
  if (unit.lastPid !== 0 && (code === 'killed' || status !== 0))
    tell(at, `${unit.name}: Main process exited, ${exitText(exit)}`, 5)
  if (result === 'success') tell(at, `${unit.name}: Deactivated successfully.`)
  else tell(at, `${unit.name}: Failed with result '${result}'.`, 4)
  dropPrivate(at)
  tellRemaining(world, at)
  if (result !== 'success' && (wasBeforeMain || (wasStarting && unit.definition.type !== 'simple')))
    tell(at, `Failed to start ${titleOf(unit)}.`, 3)
  tellConsumption(at)
  Object.assign(unit, { memoryBytes: 0, cpuPercent: 0 })
  if (wantsRestart(at, result))
    Object.assign(unit, {
      active: 'activating',
      sub: 'auto-restart',
      sinceMs: atMs,
      nextStartMs: atMs + unit.definition.restartDelayMs,
    })
  else {
    const failed = result !== 'success'
    Object.assign(unit, {
      active: failed ? 'failed' : 'inactive',
      sub: failed ? 'failed' : 'dead',
      sinceMs: atMs,
    })
    stopDependents(world, at)
    if (!failed) dropTransient(at)
  }
}
