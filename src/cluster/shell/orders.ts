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

/** So long a program takes to be loaded and to end. */
export const RUNS_MS = 4

const NOT_FOUND = 127

/** Whether an answer says that this cluster has no program of that name. */
export const isUnknown = ({ exit, stderr = '' }: Reply, name: string | undefined): boolean =>
  exit === NOT_FOUND && stderr.includes(`${name}: command not found`)

/** Takes a text in pieces and gives its whole lines on; what has no end yet waits for more, or for `end`. */
export const createLineWriter = (
  say: (lines: readonly string[]) => void,
): { readonly write: (text: string) => void; readonly end: () => void } => {
  let open = ''
  return {
    write: text => {
      const lines = `${open}${text}`.split('\n')
      open = lines.pop() ?? ''
      say(lines)
    },
    end: () => {
      if (open !== '') say([open])
      open = ''
    },
  }
}
