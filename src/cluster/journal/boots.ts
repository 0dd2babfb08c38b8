import type { JournalEntry } from '../world/journal-entry.ts'
import type { Machine } from '../world/machine.ts'

/** A time from one start of the machine to the next. */
export type Boot = { readonly id: string; readonly fromMs: number; readonly toMs: number }

/** What systemd says first in a container. */
export const CONTAINER_BOOT = 'Detected virtualization lxc.'

const isStart = ({ identifier, message }: JournalEntry): boolean =>
  (identifier === 'kernel' && message.startsWith('Linux version ')) ||
  (identifier === 'systemd' && message === CONTAINER_BOOT)

/** When what a boot said first was said: kernels before 4.5 name the groups that they set up before their version. */
const firstWordMs = (journal: readonly JournalEntry[], at: number): number => {
  const first = journal[at - 1]
  return first?.identifier === 'kernel' && first.message.startsWith('Initializing cgroup subsys ')
    ? firstWordMs(journal, at - 1)
    : (journal[at]?.atMs ?? 0)
}

/** So far the first words of a boot lie from the moment that it is counted from. */
const NEAR_MS = 1_000

/** The id of a boot before this one; where only its time is known it is made from the machine's own, so it is always the same. */
const idOf = (machine: Machine, fromMs: number): string => {
  const known = machine.formerBoots?.findLast(({ bootedMs }) => bootedMs <= fromMs + NEAR_MS)
  if (known !== undefined) return known.id
  const mixed = (Math.floor(fromMs) % 4_294_967_296).toString(16).padStart(8, '0')
  return `${mixed}${machine.machineId.slice(8, 28)}${mixed.slice(0, 4)}`
}

/** When the journal's boots begin: where what is said first is not there, with the first that is. */
const startsIn = ({ journal, bootedMs: lastMs, formerBoots = [] }: Machine): readonly number[] => {
  const starts = journal.flatMap((entry, at) => (isStart(entry) ? [firstWordMs(journal, at)] : []))
  const added = [...formerBoots, { bootedMs: lastMs }].flatMap(({ bootedMs }, place) => {
    const nextMs = formerBoots[place + 1]?.bootedMs ?? (place < formerBoots.length ? lastMs : Infinity)
    if (starts.some(atMs => atMs >= bootedMs - NEAR_MS && atMs < nextMs - NEAR_MS)) return []
    const first = journal.find(({ atMs }) => atMs >= bootedMs)?.atMs
    return first === undefined || first >= nextMs ? [] : [first]
  })
  return added.length === 0 ? starts : [...starts, ...added].sort((a, b) => a - b)
}

/** The boots that the journal knows of, the oldest first; the last is the current one. */
export const bootsOf = (machine: Machine): readonly Boot[] => {
  const { journal } = machine
  const starts = startsIn(machine)
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

/** From when to when a machine was up before now, the earliest first: as wtmp has it, which reaches further back than the journal. */
export const earlierBootsOf = (machine: Machine): readonly Pick<Boot, 'fromMs' | 'toMs'>[] => {
  const past = machine.pastBoots ?? []
  const sinceMs = past.at(-1)?.toMs ?? Number.NEGATIVE_INFINITY
  return [
    ...past,
    ...bootsOf(machine)
      .slice(0, -1)
      .filter(({ fromMs }) => fromMs > sinceMs),
  ]
}

/** The id of the boot that an entry of the journal is of. */
export const bootIdAt = (machine: Machine, atMs: number): string =>
  atMs >= machine.bootedMs
    ? machine.bootId
    : (bootsOf(machine).findLast(({ fromMs }) => fromMs <= atMs)?.id ?? machine.bootId)
