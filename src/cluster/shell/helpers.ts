import { type Command, defineCommand } from 'just-bash/browser'
import type { Level } from './level.ts'
import { scribeWords } from './scribe.ts'
import type { Timekeeper } from './timekeeper.ts'

/** The variable that stands for `$!`. */
export const JOB_PID = '__job_pid'

const INTERRUPTED = 130

/** What the helpers work on: the time of a session and the shell whose line runs. */
type Desk = {
  readonly time: Timekeeper
  readonly level: () => Level | undefined
  /** Begins what was put away for the background, and gives its process id. */
  readonly startJob: (id: number, at: Pick<Level, 'env' | 'cwd'>) => Promise<number>
}

const ended = (status: string | undefined, stdout = '') => ({
  stdout,
  stderr: '',
  exitCode: Number(status ?? 0),
})

/** What the file of a program that is no script says when it is run as one: its words are then where a script finds its own. */
const BINARY = '\u007fELF'

const runBinary = defineCommand(BINARY, async (_, { env, cwd, exec, stdin }) => {
  const count = Number(env.get('#') ?? 0)
  const words = Array.from({ length: count }, (_, index) => env.get(String(index + 1)) ?? '')
  const args = [env.get('0') ?? '', ...words]
  const ran = await exec?.('/usr/bin/__binary', {
    cwd,
    args,
    stdin: stdin as unknown as string,
    stdinKind: 'bytes',
  })
  return ran ?? ended('126')
})

/** The commands that the scribe writes into scripts, and what runs programs that are no scripts. Each of the scribe's ends with the status that it is given: it leaves no trace in `$?`. */
export const createHelpers = ({ time, level, startJob }: Desk): readonly Command[] => [
  runBinary,
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
  defineCommand(scribeWords.job, async ([id], { env, cwd }) => {
    const pid = await startJob(Number(id), { env: Object.fromEntries(env), cwd })
    return ended('0', `${JOB_PID}=${pid}`)
  }),
  defineCommand(scribeWords.arrays, async ([status, text = '']) => {
    const at = level()
    if (at !== undefined) at.memory.arrays = text
    return ended(status)
  }),
  defineCommand(scribeWords.parts, async ([status, ...parts]) => {
    const at = level()
    if (at !== undefined) at.memory.parts = parts.map(Number)
    return ended(status)
  }),
]
