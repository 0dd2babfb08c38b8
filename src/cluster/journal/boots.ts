import type { JournalEntry } from '../world/journal-entry.ts'
import type { Machine } from '../world/machine.ts'

/** A time from one start of the machine to the next. */
export type Boot = { readonly id: string; readonly fromMs: number; readonly toMs: number }

/** What systemd says first in a container. */
export const CONTAINER_BOOT = 'Detected virtualization lxc.'

const isStart = ({ identifier, message }: JournalEntry): boolean =>
  (identifier === 'kernel' && message.startsWith('Linux version ')) ||
  (identifier === 'systemd' && message === CONTAINER_BOOT)

/** A boot's id where only its time is known: made from the machine's own, so it is always the same. */
const idOf = (machine: Machine, fromMs: number): string => {
  const mixed = (fromMs % 4_294_967_296).toString(16).padStart(8, '0')
  return `${mixed}${machine.machineId.slice(8, 28)}${mixed.slice(0, 4)}`
}

/** The boots that the journal knows of, the oldest first; the last is the current one. */
export const bootsOf = (machine: Machine): readonly Boot[] => {
  const { journal } = machine
  const starts = journal.filter(isStart).map(({ atMs }) => atMs)
  const first = journal[0]?.atMs
  const all = first !== undefined && (starts[0] ?? Infinity) > first ? [first, ...starts] : starts
  return all.map((fromMs, at) => {
    const next = all[at + 1]
    const inside = next === undefined ? undefined : journal.findLast(entry => entry.atMs < next)
    return {
      id: next === undefined ? machine.bootId : idOf(machine, fromMs),
      fromMs,
      toMs: inside?.atMs ?? journal.at(-1)?.atMs ?? fromMs,
    }
  })
}
