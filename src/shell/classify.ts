import { strictest } from './strictest.ts'
import type { Effect } from './types.ts'
import { walkLine } from './walk-line.ts'

/**
 * What a line would do if it ran: read, change, destructive, or unknown where that cannot be told, with the reason; whether it needs the terminal and
 * whether it ends. Sees through pipes, substitutions, loops, functions, redirections and the programs that start others. Only what
 * is known to read is `read`. Never throws; an empty line or a comment reads.
 */
export const classify = (line: string): Effect => {
  const found = walkLine(line)
  const top = strictest(found)
  return {
    command: line,
    effect: top?.effect ?? 'read',
    interactive: found.some(stage => stage.interactive),
    follow: found.some(stage => stage.follow),
    stages: found.map(({ argv0, effect, because }) => ({ argv0, effect, because })),
    because: top === undefined ? 'nothing to run' : `${top.argv0}: ${top.because}`.replace(/^: /, ''),
  }
}
