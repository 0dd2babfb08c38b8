import type { FreeProcess, Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import { JOB_PID } from './helpers.ts'
import type { Job, Jobs } from './jobs.ts'
import type { Reply } from './program.ts'
import { onlyCommand, type Statement, wordsOf } from './script.ts'

const MEMORY_BYTES = 3_600_000

type Now = Pick<World, 'nowMs'>

const textOf = (statement: Statement): string => {
  const command = onlyCommand(statement)
  const words = command === undefined ? [] : wordsOf(command)
  return words.length === 0 || words.includes(undefined) ? 'bash' : words.join(' ')
}

type ShellProcess = Pick<FreeProcess, 'parentPid' | 'user' | 'command' | 'memoryBytes' | 'hasTerminal'>

/** The process of a shell that begins now and waits for what it runs. */
export const shellProcess = ({ nowMs }: Now, machine: Machine, own: ShellProcess): FreeProcess => {
  machine.nextPid += 1
  const group = machine.processes.find(({ pid }) => pid === own.parentPid)?.group
  return {
    ...(group === undefined ? {} : { group }),
    ...own,
    pid: machine.nextPid,
    startedMs: nowMs,
    cpuPercent: 0,
    state: 'S',
    threads: 1,
    openFiles: 4,
    listens: [],
    ignoresTerm: false,
  }
}

type Begun = {
  readonly machine: Machine
  readonly user: string
  readonly statement: Statement
  /** The shell that begins it. */
  readonly parentPid: number
}

/** The process of a statement that goes to the background. */
export const jobProcess = (now: Now, { machine, user, statement, parentPid }: Begun): FreeProcess => {
  const typed = textOf(statement)
  const { command, nice } = withoutWrappers(typed)
  const process = shellProcess(now, machine, {
    parentPid,
    user,
    command,
    memoryBytes: MEMORY_BYTES,
    hasTerminal: true,
  })
  return command === typed ? process : { ...process, typed, ...(nice === undefined ? {} : { nice }) }
}

const USUAL_NICE = 10

/** The command that takes the place of the programs which only set something before it, and how nice it then is. */
const withoutWrappers = (typed: string): { readonly command: string; readonly nice: number | undefined } => {
  let command = typed
  let nice: number | undefined
  for (;;) {
    const [whole, name, options = ''] =
      /^(nice|nohup|setsid|ionice|chrt|taskset|stdbuf)((?: -\S+(?: -?\d+)?)*) (?=[^-\s])/.exec(command) ?? []
    if (whole === undefined) return { command, nice }
    if (name === 'nice') nice = Number(/(-?\d+)\s*$/.exec(options)?.[1] ?? USUAL_NICE)
    command = command.slice(whole.length)
  }
}

const STATE_WIDTH = 24

/** A job as `jobs` lists it. */
export const jobLine = ({ number, process, end, exit }: Job): string => {
  const state =
    end === undefined ? 'Running' : end === 'killed' ? 'Terminated' : exit === 0 ? 'Done' : `Exit ${exit}`
  return `[${number}]+  ${state.padEnd(STATE_WIDTH)}${process.typed ?? process.command}${end === undefined ? ' &' : ''}\n`
}

/** A line with the variable that stands for `$!` in its place. */
export const withJobPid = (line: string): string =>
  line.includes('$!') ? line.replace(/\$!(?!\w)/g, `\${${JOB_PID}-}`) : line

/** A reply with what jobs have said meanwhile, and at a terminal which of them have ended. */
export const withJobs = (
  { stdout = '', stderr = '', exit = 0 }: Reply,
  jobs: Jobs,
  hasTerminal: boolean,
): Required<Pick<Reply, 'stdout' | 'stderr' | 'exit'>> => {
  const told = jobs.takeOutput()
  const notices = hasTerminal ? jobs.takeEnded().map(jobLine).join('') : ''
  return { stdout: stdout + told.stdout, stderr: stderr + told.stderr + notices, exit }
}
