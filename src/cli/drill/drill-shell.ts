import { setTimeout as wait } from 'node:timers/promises'
import { type LineResult, type Shell, shellAt, type World } from '../../cluster/index.ts'
import { useShell } from '../../targets/index.ts'
import { type DrillSeat, type WordEnd, wordTask } from './drill-words.ts'

const SECOND_MS = 200

const pause = async (signal: AbortSignal | undefined): Promise<void> => {
  await wait(SECOND_MS, undefined, signal === undefined ? {} : { signal }).catch(() => undefined)
}

/** The shell of a trainee at the terminal, on the machine where a world begins. */
export const traineeShell = (world: World): Shell =>
  shellAt(world, { machine: world.home, hasTerminal: true, pause })

/** What a shell is used with besides its seat. */
export type ShellMeans = {
  readonly shell: Shell
  /** Told of each line that was run. */
  readonly onLine: (line: string, ran: LineResult) => void
  /** Stands in front of the prompt. */
  readonly prefix: () => string
}

/** Lets a trainee type into the shell of a drill until it is left; the drill's own words count there too. */
export const enterDrillShell = async (seat: DrillSeat, means: ShellMeans): Promise<WordEnd> => {
  const { shell, onLine, prefix } = means
  const ids = [...seat.knowledge.causes.keys()]
  let end: WordEnd = 'back'
  await useShell(shell, {
    prefix,
    onLine,
    completeMore: line =>
      /^\s*diagnose\s+\S*$/.test(line) ? ids.filter(id => id.startsWith(/\S*$/.exec(line)?.[0] ?? '')) : [],
    intercept: line => {
      const task = wordTask(seat, line)
      if (task === undefined) return undefined
      return async () => {
        const taken = await task()
        if (taken === 'done') return 'done'
        end = taken
        return 'leave'
      }
    },
  })
  return end
}
