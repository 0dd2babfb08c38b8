import { linesAt } from '../../journal/lines-at.ts'
import { writeJournal } from '../../journal/write-journal.ts'
import { hashOf } from '../../kube/pod.ts'
import { shownMs } from '../../relations/clock.ts'
import type { Machine } from '../../world/machine.ts'
import type { Kubelet } from '../kubelet.ts'

const NANOS = 1_000_000
const BETWEEN_NANOS = 9_137

/** What stands behind the milliseconds of a line: lines of one instant follow each other. */
const nanosOf = (machine: Machine, atMs: number): string => {
  const base = Number.parseInt(hashOf(`nanos ${atMs}`, 6), 16) % (NANOS / 4)
  return String(Math.min(NANOS - 1, base + linesAt(machine, atMs) * BETWEEN_NANOS)).padStart(6, '0')
}

/** Lets a containerd that runs as a unit tell in its journal what the kubelet had it do: level, message and further fields. */
export const runtimeSays = (
  { world, machine }: Pick<Kubelet, 'world' | 'machine'>,
  level: 'info' | 'warning' | 'error',
  { text, more = '' }: { readonly text: string; readonly more?: string },
): void => {
  const unit = machine.units.get(machine.runtime?.unit ?? '')
  if (unit?.service !== 'containerd') return
  const atMs = Math.floor(world.nowMs)
  const at = new Date(shownMs(machine, atMs)).toISOString().slice(0, -1)
  writeJournal(machine, {
    atMs: world.nowMs,
    unit: unit.name,
    identifier: 'containerd',
    pid: unit.mainPid,
    message: `time="${at}${nanosOf(machine, world.nowMs)}Z" level=${level} msg=${JSON.stringify(text)}${more === '' ? '' : ` ${more}`}`,
  })
}
