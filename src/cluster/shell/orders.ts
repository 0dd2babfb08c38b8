import type { FreeProcess } from '../world/machine.ts'
import type { Errand, JobOrder } from './jobs.ts'
import type { Level } from './level.ts'
import type { Reply } from './program.ts'

/** A command's line in a shell, and who takes each piece of its output as it comes. */
export type OrderLine = {
  readonly level: Level
  readonly line: string
  readonly process: FreeProcess
  readonly onOutput: (text: string) => void
}

/** How a session begins what systemd or a runtime orders, and how it runs a line of it. */
export type OrderSession = {
  readonly start: (order: JobOrder) => Promise<unknown>
  readonly run: (line: OrderLine, errand: Errand) => Promise<Reply>
}
