import { appendText, nodeAt, readText, writeText } from '../../files/file-tree.ts'
import { writeRefusal } from '../../files/write-refusal.ts'
import { serviceOf } from '../../services/services.ts'
import type { Machine } from '../../world/machine.ts'
import type { World } from '../../world/world.ts'
import type { Law } from '../law.ts'

const MOST_CHARACTERS = 200_000

/** Appends to a log; of a long one the oldest half is kept as bytes only. */
const append = (
  world: World,
  machine: Machine,
  { path, text }: { readonly path: string; readonly text: string },
): void => {
  if (writeRefusal(machine, path, text.length) !== undefined) return
  const before = readText(machine.files, path) ?? ''
  const padding = nodeAt(machine.files, path)?.paddingBytes ?? 0
  if (before.length + text.length <= MOST_CHARACTERS) {
    appendText(machine.files, path, { text, mtimeMs: world.nowMs })
    return
  }
  const whole = before + text
  const kept = whole.slice(whole.indexOf('\n', whole.length / 2) + 1)
  writeText(machine.files, path, {
    text: kept,
    mtimeMs: world.nowMs,
    paddingBytes: padding + (whole.length - kept.length),
  })
}

/** Services with a log file of their own write to it while they run; what a full or broken disk refuses is lost. */
export const writeLogFiles: Law = (world, passedMs) => {
  for (const host of world.machines.values()) {
    if (!host.isPowered) continue
    for (const machine of host.planet === undefined ? [host] : [host, host.planet])
      for (const unit of machine.units.values()) {
        const { logFile } = serviceOf(unit.service)
        if (logFile === undefined || unit.mainPid === 0) continue
        const span = {
          fromMs: Math.max(world.nowMs - passedMs, (unit.startedMs ?? 0) - 1),
          toMs: world.nowMs,
        }
        const { path, lines } = logFile(world, { machine, unit, container: undefined }, span)
        if (lines.length > 0)
          append(world, machine, { path, text: lines.map(line => `${line.text}\n`).join('') })
      }
  }
}
