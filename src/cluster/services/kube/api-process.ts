import { flagsOf, wordsOfText } from '../../relations/flags.ts'
import type { Running } from '../service.ts'

/** The command line of an API server. */
export const commandOf = ({ container, unit }: Running): readonly string[] =>
  container?.command ?? (unit === undefined ? [] : wordsOfText(unit.execStart))

/** The port that an API server listens on. */
export const portOf = (self: Running): number => Number(flagsOf(commandOf(self))['secure-port'] ?? 6443)

/** An API server as relations see it. */
export const serverOf = (self: Running) => ({
  machine: self.machine,
  host: self.machine,
  port: portOf(self),
  flags: flagsOf(commandOf(self)),
  startedMs: (self.container ?? self.unit)?.startedMs,
  program: self.container ?? self.unit,
})
