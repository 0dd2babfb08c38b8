import { Bash, type Command, defineCommand, type ResolvedCommandContext } from 'just-bash/browser'
import { createFileSystem } from '../files/create-file-system.ts'
import { resolvePath } from '../files/paths.ts'
import { createRedirections, type Redirections } from '../files/redirections.ts'
import { settle } from '../laws/advance.ts'
import { programs } from '../programs/programs.ts'
import type { FileTree } from '../world/file-node.ts'
import type { World } from '../world/world.ts'
import type { Pause } from './attention.ts'
import { completeWord } from './complete.ts'
import { asExec, asReply, assignments, ranReply, stdinText } from './exchange.ts'
import { createHelpers } from './helpers.ts'
import { createLevel, type Level } from './level.ts'
import { loginEnvironment } from './login-environment.ts'
import { needsMore } from './needs-more.ts'
import type { Call, Passage, Post, Program, Reply } from './program.ts'
import { employScribe } from './scribe.ts'
import { createTimekeeper, type Timekeeper } from './timekeeper.ts'

/** A line's outcome as its shell tells it. `atMs` is the simulated time at which it ended; `isOutOfTime` whether its limit ended it. */
export type LineResult = {
  readonly stdout: string
  readonly stderr: string
  readonly exit: number
  readonly atMs: number
  readonly isOutOfTime: boolean
}

/** How a line is run. */
export type LineSetup = {
  readonly stdin?: string
  /** Set for a follower whose output is wanted as it comes; such a line runs until it is stopped. */
  readonly onOutput?: (text: string) => void
  readonly signal?: AbortSignal
  /** Stops the line after this much simulated time. */
  readonly limitMs?: number
  /** The folder that this line alone runs in, from the shell's own. */
  readonly cwd?: string
}

/** A login shell in the simulated cluster: variables, folder and place carry over from line to line. */
export type Shell = {
  readonly run: (line: string, setup?: LineSetup) => Promise<LineResult>
  /** The post at which the next line runs. */
  readonly post: () => Post
  readonly cwd: () => string
  /** How deep the session is in shells within shells; 1 at its start. */
  readonly depth: () => number
  /** What the last word of a line could be completed to. */
  readonly complete: (line: string) => readonly string[]
  /** Whether a text is the beginning of a command that goes on in the next line. */
  readonly needsMore: (text: string) => boolean
  /** Goes to a post, as if a person had opened a terminal there. */
  readonly goTo: (post: Post) => void
}

/** What a shell is made from. `hasTerminal` tells whether a person types; `pause` waits in real time before a follower's next second. */
export type ShellSetup = {
  readonly world: World
  readonly start: Post
  readonly hasTerminal: boolean
  readonly pause?: Pause
}

/** Shell text for a level. */
type LevelLine = {
  readonly line: string
  readonly stdin?: string | undefined
}

const keyOf = ({ host, machine, container, user }: Post): string =>
  `${host.name}/${machine === host.planet ? 'planet' : machine.name}/${container?.id ?? ''}/${user}`

const isLoggingOut = (line: string): boolean => /^\s*logout(\s+\d+)?\s*;?\s*$/.test(line)

/** The shells of one session: one interpreter a post, all over the same world. */
class ShellSession {
  readonly levels: Level[]
  readonly bashes = new Map<string, { readonly bash: Bash; readonly files: FileTree }>()
  readonly redirections: Redirections
  readonly time: Timekeeper
  readonly history: string[] = []
  readonly setup: ShellSetup
  /** The shell whose line is about to be parsed; those within it wait. */
  #starting: Level | undefined
  #running: Level | undefined

  constructor(setup: ShellSetup) {
    this.setup = setup
    this.levels = [createLevel(setup.start)]
    this.time = createTimekeeper(setup.world, setup.pause ?? (async () => undefined))
    this.redirections = createRedirections({
      toTerminal: text => void this.time.show(text),
      isDue: () => this.time.isDue(),
    })
  }

  top(): Level {
    return this.levels.at(-1) as Level
  }

  bashAt(post: Post): Bash {
    const key = keyOf(post)
    const known = this.bashes.get(key)
    // A place that was made anew under its old name has other files.
    if (known?.files === post.machine.files) return known.bash
    const { world } = this.setup
    const bash = new Bash({
      fs: createFileSystem({ world, machine: post.machine, user: post.user }, this.redirections),
      env: loginEnvironment(post),
      customCommands: [
        ...programs
          .filter(program => program.isInstalled(post, world))
          .flatMap(program => program.names.map(name => this.commandOf(program, { name, post }))),
        ...createHelpers({ time: this.time, level: () => this.#running }),
      ],
      executionLimits: { maxLoopIterations: 1_000_000, maxCommandCount: 10_000_000 },
      sleep: this.time.sleep,
      defenseInDepth: false,
      processInfo: {
        pid: 4242,
        ppid: 4241,
        uid: post.user === 'root' ? 0 : 1000,
        gid: post.user === 'root' ? 0 : 1000,
      },
    })
    employScribe(bash, () => {
      const memory = this.#starting?.memory
      const isWatched = this.#starting === this.top() && this.time.isWatched()
      this.#starting = undefined
      return { memory, isWatched, isTimed: this.time.deadlineMs() !== undefined }
    })
    this.bashes.set(key, { bash, files: post.machine.files })
    return bash
  }

  commandOf(program: Program, { name, post }: { readonly name: string; readonly post: Post }): Command {
    return defineCommand(name, async (args, context) => {
      const call: Call = {
        ...post,
        world: this.setup.world,
        name,
        args,
        env: context.exportedEnv ?? {},
        cwd: context.cwd,
        stdin: stdinText(context),
        passage: this.passageFrom(context),
      }
      const reply = await this.time.spend(await program.run(call))
      return asExec(reply)
    })
  }

  /** Tells whether a text goes on in the next line; what is only heard is prepared for nothing. */
  hear(text: string): boolean {
    return needsMore(new Bash(), text)
  }

  passageFrom(context: ResolvedCommandContext): Passage {
    return {
      history: this.history,
      hasTerminal: this.setup.hasTerminal,
      deadlineMs: this.time.deadlineMs(),
      untilDeadline: (deadlineMs, work) => this.time.untilDeadline(deadlineMs, work),
      enter: (post, setup = {}) => void this.levels.push(createLevel(post, setup.env, setup.cwd)),
      runAt: (post, line, setup = {}) =>
        this.runAt(createLevel(post, setup.env, setup.cwd), { line, stdin: setup.stdin }),
      runHere: async ([word = '', ...args], setup = {}) => {
        const ran = await context.exec?.(`${assignments(setup.env)}${word}`, {
          cwd: context.cwd,
          args,
          stdin: setup.stdin ?? '',
          env: setup.isBare === true ? {} : Object.fromEntries(context.env),
          replaceEnv: setup.isBare === true,
        })
        return ranReply(ran)
      },
      original: async args => ranReply(await context.origCommand?.([...args])),
    }
  }

  /** Runs a line at a level; the level keeps the state that the line left. */
  async runAt(level: Level, { line, stdin = '' }: LevelLine): Promise<Reply> {
    const outer = this.#running
    this.#starting = level
    this.#running = level
    Object.assign(level, { atExit: undefined })
    try {
      const ran = await this.bashAt(level.post).exec(line, {
        env: level.env,
        replaceEnv: true,
        cwd: level.cwd,
        rawScript: true,
        stdin,
      })
      level.cwd = level.atExit?.cwd ?? ran.env.PWD ?? level.cwd
      level.env = { ...(level.atExit?.env ?? ran.env) }
      level.memory.status = ran.exitCode
      return asReply(ran, this.redirections)
    } finally {
      this.#running = outer
      this.#starting = undefined
    }
  }

  async run(line: string, { stdin, signal, onOutput, limitMs, cwd }: LineSetup): Promise<LineResult> {
    const { world } = this.setup
    this.history.push(line)
    if (isLoggingOut(line) && this.levels.length > 1) {
      this.levels.pop()
      return { stdout: '', stderr: '', exit: 0, atMs: world.nowMs, isOutOfTime: false }
    }
    const deadlineMs = world.nowMs + (limitMs ?? Number.POSITIVE_INFINITY)
    const level = this.top()
    const before = level.cwd
    if (cwd !== undefined) level.cwd = resolvePath(before, cwd)
    const work = (): Promise<Reply> => this.runAt(level, { line, stdin })
    const reply = await this.time.live({ onOutput, signal }, () =>
      limitMs === undefined ? work() : this.time.untilDeadline(deadlineMs, work),
    )
    if (cwd !== undefined) level.cwd = before
    if (level.atExit?.hasLeft === true && level === this.top() && this.levels.length > 1) this.levels.pop()
    settle(world)
    const { stdout = '', stderr = '', exit = 0 } = reply
    return { stdout, stderr, exit, atMs: world.nowMs, isOutOfTime: world.nowMs >= deadlineMs }
  }
}

/** Opens a shell at a post. Nothing that it runs reaches the real machine: files, network and processes are the world's. */
export const createShell = (setup: ShellSetup): Shell => {
  const session = new ShellSession(setup)
  settle(setup.world)
  return {
    run: (line, lineSetup = {}) => session.run(line, lineSetup),
    post: () => session.top().post,
    cwd: () => session.top().cwd,
    depth: () => session.levels.length,
    complete: line => {
      session.bashAt(session.top().post)
      return completeWord(session.top().post, { line, cwd: session.top().cwd })
    },
    needsMore: text => session.hear(text),
    goTo: post => void session.levels.splice(0, session.levels.length, createLevel(post)),
  }
}
