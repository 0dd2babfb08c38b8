import type { Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import { appendText, nodeAt, readText, writeText } from './file-tree.ts'
import { writeRefusal } from './write-refusal.ts'

const MOST_CHARACTERS = 200_000

/** Appends to a log, where the disk lets it; of a long one the oldest half is kept as bytes only. */
export const appendToLog = (
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
