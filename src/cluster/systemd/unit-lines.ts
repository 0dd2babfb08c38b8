import { type JournalWriting, writeJournal } from '../journal/write-journal.ts'
import type { Line } from '../services/service.ts'
import { consumption } from '../text/consumption.ts'
import { spreadStamps } from '../text/spread-stamps.ts'
import type { Machine } from '../world/machine.ts'
import type { Unit, UnitExit } from '../world/unit.ts'

/** Where and when something befalls a unit. */
export type Happening = { readonly machine: Machine; readonly unit: Unit; readonly atMs: number }

const signalNumbers: Readonly<Record<string, number>> = {
  HUP: 1,
  INT: 2,
  QUIT: 3,
  ILL: 4,
  ABRT: 6,
  BUS: 7,
  KILL: 9,
  USR1: 10,
  SEGV: 11,
  USR2: 12,
  PIPE: 13,
  ALRM: 14,
  TERM: 15,
  CONT: 18,
  STOP: 19,
}

/** The number of a signal by its name without SIG; `undefined` when there is none. */
export const signalNumber = (name: string): number | undefined => signalNumbers[name]

/** The name of a signal by its number. */
export const signalName = (number: number): string | undefined =>
  Object.entries(signalNumbers).find(([, value]) => value === number)?.[0]

/** Exit statuses that have names, see systemd.exec(5). */
const exitNames: Readonly<Record<number, string>> = {
  0: 'SUCCESS',
  1: 'FAILURE',
  2: 'INVALIDARGUMENT',
  3: 'NOTIMPLEMENTED',
  4: 'NOPERMISSION',
  5: 'NOTINSTALLED',
  6: 'NOTCONFIGURED',
  7: 'NOTRUNNING',
  200: 'CHDIR',
  203: 'EXEC',
  209: 'STDOUT',
  216: 'GROUP',
  217: 'USER',
  226: 'NAMESPACE',
  255: 'EXCEPTION',
}

/** `status=1/FAILURE`, or `status=9/KILL` for a signal, as systemd writes it in journals. */
export const exitText = ({ code, status, signal }: UnitExit): string => {
  const name = code === 'killed' ? signal : exitNames[status]
  return `code=${code}, status=${status}${name === undefined ? '/n/a' : `/${name}`}`
}

/** What a unit is called in systemd's sentences: its description, or its name when it has none. */
export const titleOf = (unit: Unit): string =>
  (unit.load === 'masked' ? '' : unit.definition.description) || unit.name

/** Writes a line of systemd itself about a unit. */
export const tell = ({ machine, unit, atMs }: Happening, message: string, priority = 6): void =>
  writeJournal(machine, { atMs, unit: unit.name, identifier: 'systemd', pid: 1, priority, message })

/** The name under which a unit's process logs: that of its program. */
export const identifierOf = (unit: Unit): string =>
  /^[-@:+!]*(\S+)/
    .exec(unit.execStart || unit.definition.execStart)?.[1]
    ?.split('/')
    .at(-1) ?? unit.name

/** Lines that a unit's main process says in one go, as a journal takes them. */
export const writingsOf = ({ unit, atMs }: Happening, lines: readonly Line[]): readonly JournalWriting[] => {
  const texts = spreadStamps(lines.map(({ text }) => text))
  return lines.map(({ priority = 6, beforeMs = 0 }, index) => ({
    atMs: atMs - beforeMs,
    unit: unit.name,
    identifier: identifierOf(unit),
    pid: unit.mainPid || unit.lastPid,
    priority,
    message: texts[index] ?? '',
  }))
}

/** Writes lines that a unit's main process says. */
export const sayLines = (at: Happening, lines: readonly Line[]): void => {
  for (const writing of writingsOf(at, lines)) writeJournal(at.machine, writing)
}

/** Tells how much processor time a unit took, as systemd does when it ends. */
export const tellConsumption = (at: Happening): void => {
  const message = consumption(at.unit.name, at.unit.cpuMs)
  if (message !== undefined) tell(at, message)
}
