import { jobLine } from '../../shell/job-process.ts'
import type { Job, Jobs } from '../../shell/jobs.ts'
import { everywhere, type Program, type Reply } from '../../shell/program.ts'

const LONGEST_STEP_MS = 5_000
/** Nobody waits for longer than this for what may never end. */
const PATIENCE_MS = 1_800_000

/** The job that a word such as `%1`, `%%` or a process id names. */
export const findJob = (jobs: Jobs, word: string): Job | undefined => {
  const all = jobs.list()
  if (/^%[%+]?$/.test(word)) return all.at(-1)
  if (/^%\d+$/.test(word)) return all.find(({ number }) => `%${number}` === word)
  return all.find(({ process }) => String(process.pid) === word)
}

const isRunning = ({ end }: Job): boolean => end === undefined

/** jobs, wait, fg, bg and disown, as bash has them built in. */
export const jobControl: Program = {
  names: ['jobs', 'wait', 'fg', 'bg', 'disown'],
  isInstalled: everywhere,
  run: async ({ name, args, passage, world }): Promise<Reply> => {
    const { jobs } = passage
    if (name === 'jobs') {
      const lines = jobs.list().map(job => (args.includes('-p') ? `${job.process.pid}\n` : jobLine(job)))
      jobs.takeEnded()
      return { stdout: lines.join('') }
    }
    if (name === 'disown') return {}
    const words = args.filter(word => !word.startsWith('-'))
    const named = words.length === 0 ? [] : words.map(word => findJob(jobs, word))
    const missing = words[named.indexOf(undefined)]
    if (missing !== undefined) return { stderr: `bash: ${name}: ${missing}: no such job\n`, exit: 127 }
    const last = jobs.list().at(-1)
    if (name !== 'wait' && last === undefined)
      return { stderr: `bash: ${name}: current: no such job\n`, exit: 1 }
    if (name === 'bg')
      return { stderr: `bash: bg: job ${(named[0] ?? last)?.number ?? 1} already in background\n` }
    const wanted = named.length > 0 ? named : name === 'fg' ? [last] : jobs.list()
    const awaited = wanted.filter(job => job !== undefined)
    const untilMs = Math.min(world.nowMs + PATIENCE_MS, passage.deadlineMs ?? Number.POSITIVE_INFINITY)
    while (awaited.some(isRunning) && world.nowMs < untilMs)
      await passage.sleep(Math.max(1, Math.min(jobs.nextMs() - world.nowMs, LONGEST_STEP_MS)))
    const exit = name === 'wait' && named.length === 0 ? 0 : (awaited.at(-1)?.exit ?? 0)
    return { stdout: name === 'fg' ? `${awaited[0]?.process.command}\n` : '', exit, tookMs: 0 }
  },
}
