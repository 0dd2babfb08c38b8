import type { Container } from '../world/container.ts'
import type { Login } from '../world/login.ts'
import type { FreeProcess, Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import type { Jobs } from './jobs.ts'

/** Where a command runs and as whom. In a container `machine` is the inside: its files, its interfaces; `host` is what carries it. */
export type Post = {
  readonly machine: Machine
  readonly host: Machine
  readonly container: Container | undefined
  readonly user: string
}

/** What a command goes on printing until it is stopped: `next` after each further second, `end` when it is stopped, as by Ctrl-C. */
export type Following = {
  readonly next: () => string | Promise<string>
  readonly end?: () => { readonly stdout: string; readonly exit: number }
  /** Whether it has come to its end by itself. */
  readonly isOver?: () => boolean
}

/** What a command answers. `tookMs` is the simulated time that it took, 20 unless said. */
export type Reply = {
  readonly stdout?: string
  readonly stderr?: string
  readonly exit?: number
  readonly tookMs?: number
  readonly follow?: Following
}

/** How a command runs others: here, at another post, or by leaving the shell there. */
export type Passage = {
  /** Runs a command by its words at this same post, with variables added, or with these alone. */
  readonly runHere: (
    words: readonly string[],
    setup?: {
      readonly env?: Readonly<Record<string, string>>
      readonly stdin?: string
      readonly isBare?: boolean
    },
  ) => Promise<Reply>
  /** Runs the tool that the shell itself has under this command's name. */
  readonly original: (args: readonly string[]) => Promise<Reply>
  /** Runs shell text at another post, in its home folder, and waits for it. */
  readonly runAt: (
    post: Post,
    line: string,
    setup?: {
      readonly stdin?: string
      readonly cwd?: string
      readonly env?: Readonly<Record<string, string>>
      readonly login?: Login
    },
  ) => Promise<Reply>
  /** Leaves the session in a shell at another post until `exit`. */
  readonly enter: (
    post: Post,
    setup?: {
      readonly cwd?: string
      readonly env?: Readonly<Record<string, string>>
      readonly login?: Login
    },
  ) => void
  /** What ulimit has set in this shell, by its letter. */
  readonly limits: Map<string, { readonly soft: string; readonly hard: string }>
  /** The lines that were typed in this session, oldest first. */
  readonly history: readonly string[]
  /** Whether somebody is at the terminal: without, a command that wants one says so. */
  readonly hasTerminal: boolean
  /** Lets what runs until `work` ends be stopped at a point of simulated time. */
  readonly untilDeadline: (deadlineMs: number, work: () => Promise<Reply>) => Promise<Reply>
  /** The jobs that this session has begun in the background. */
  readonly jobs: Jobs
  /** The process of the job that this command runs in; `undefined` in the foreground. */
  readonly process: FreeProcess | undefined
  /** By which the person has come to this machine: at a terminal, or for the command that runs. */
  readonly login: Login | undefined
  /** When this session began. */
  readonly openedMs: number
  /** Lets simulated time pass, as sleep does. */
  readonly sleep: (ms: number) => Promise<void>
  /** Lets simulated time pass as well, and keeps nobody waiting who watches. */
  readonly pass: (ms: number) => Promise<void>
  /** The earliest point of simulated time at which this command will be stopped, if any. */
  readonly deadlineMs: number | undefined
}

/** One call of a command. */
export type Call = Post & {
  readonly world: World
  /** The word that it was called by, without its folder. */
  readonly name: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly cwd: string
  readonly stdin: string
  /** What the commands print whose output is given as a file, by its path: `/dev/fd/63` of `diff <(…) FILE`. */
  readonly pipes?: ReadonlyMap<string, string>
  readonly passage: Passage
}

/** A command of the simulated machines. */
export type Program = {
  /** The names that it is called by. */
  readonly names: readonly string[]
  /** Where it is installed. */
  readonly isInstalled: (post: Post, world: World) => boolean
  readonly run: (call: Call) => Reply | Promise<Reply>
}

/** Installed on every machine and in every container. */
export const everywhere = (): boolean => true

/** Installed on machines, not in containers. */
export const onMachines = ({ container }: Post): boolean => container === undefined
