import { type Command, defineCommand } from 'just-bash/browser'
import type { Level } from './level.ts'
import { scribeWords } from './scribe.ts'
import type { Timekeeper } from './timekeeper.ts'

const INTERRUPTED = 130

/** What the helpers work on: the time of a session and the shell whose line runs. */
type Desk = { readonly time: Timekeeper; readonly level: () => Level | undefined }

const ended = (status: string | undefined, stdout = '') => ({
  stdout,
  stderr: '',
  exitCode: Number(status ?? 0),
})

/** The commands that the scribe writes into scripts. Each ends with the status that it is given: it leaves no trace in `$?`. */
export const createHelpers = ({ time, level }: Desk): readonly Command[] => [
  defineCommand(scribeWords.due, async ([status = '0']) => {
    if (await time.isDue())
      return ended('0', `/usr/bin/${scribeWords.keep} ${INTERRUPTED}; exit ${INTERRUPTED}`)
    return ended('0', status === '0' ? '' : `(exit ${status})`)
  }),
  defineCommand(scribeWords.keep, async ([status, how], context) => {
    const at = level()
    if (at !== undefined)
      at.atExit = { env: Object.fromEntries(context.env), cwd: context.cwd, hasLeft: how === 'leave' }
    return ended(status)
  }),
  defineCommand(scribeWords.arrays, async ([status, text = '']) => {
    const at = level()
    if (at !== undefined) at.memory.arrays = text
    return ended(status)
  }),
]
