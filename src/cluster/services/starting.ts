import type { Container } from '../world/container.ts'
import type { Unit } from '../world/unit.ts'
import type { World } from '../world/world.ts'
import type { Running } from './service.ts'

/** After so much time without a problem a program has read what it reads at its start. */
const UP_AFTER_MS = 2_000
/** No start takes longer. */
const LONGEST_MS = 60_000

/** Notes that nothing ails a process: once it has run for a while, what it needs at its start alone can no longer end it. */
export const noteUp = ({ nowMs }: World, process: Unit | Container): void => {
  const { startedMs } = process
  if (startedMs !== undefined && nowMs - startedMs >= UP_AFTER_MS) process.cameUpMs = startedMs
}

/** Whether a process still is at its start, where a missing file or a port that is taken ends it. */
export const isStarting = ({ nowMs }: World, { unit, container }: Running): boolean => {
  const process = container ?? unit
  const startedMs = process?.startedMs ?? nowMs
  return process?.cameUpMs !== startedMs && nowMs - startedMs <= LONGEST_MS
}
