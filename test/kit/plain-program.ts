import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { peakMemory } from './processes.ts'
import { programArgv } from './program.ts'
import { waitFor } from './wait-for.ts'

/** The program in its plain mode, typed to through a pipe. */
export type PlainProgram = {
  readonly pid: number
  readonly text: () => string
  readonly type: (line: string) => void
  readonly sees: (wanted: string | RegExp, patienceMs?: number) => Promise<void>
  /** The largest memory that was seen, in bytes. */
  readonly peak: () => number
  readonly kill: (signal: NodeJS.Signals) => void
  readonly ended: Promise<number | null>
}

const MEMORY_POLL_MS = 20

const fits = (text: string, wanted: string | RegExp): boolean =>
  typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text)

const watchMemory = (child: ChildProcess): (() => number) => {
  let peak = 0
  const timer = setInterval(() => {
    peak = Math.max(peak, peakMemory(child.pid ?? 0) ?? 0)
  }, MEMORY_POLL_MS)
  child.on('exit', () => clearInterval(timer))
  return () => peak
}

/** Starts the program with these arguments and `--plain`. What it prints is kept up to the newest two megabytes. */
export const openPlain = (args: readonly string[]): PlainProgram => {
  const [node = '', ...rest] = programArgv
  const child = spawn(node, [...rest, ...args, '--plain'], { stdio: 'pipe' })
  let text = ''
  const keep = (chunk: Buffer): void => {
    text = (text + chunk.toString('utf8')).slice(-2_000_000)
  }
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  return {
    pid: child.pid ?? 0,
    text: () => text,
    type: line => void child.stdin.write(`${line}\n`),
    sees: async (wanted, patienceMs) => {
      await waitFor({
        what: `the text ${wanted}`,
        probe: () => (fits(text, wanted) ? true : undefined),
        onTimeout: () => text.slice(-2_000),
        ...(patienceMs === undefined ? {} : { patienceMs }),
      })
    },
    peak: watchMemory(child),
    kill: signal => void child.kill(signal),
    ended: once(child, 'exit').then(([code]) => code as number | null),
  }
}
