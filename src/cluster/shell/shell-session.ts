import { type Bash, type Command, defineCommand, type ResolvedCommandContext } from 'just-bash/browser'
import { createFileSystem } from '../files/create-file-system.ts'
import { resolvePath } from '../files/paths.ts'
import { createRedirections, type Redirections } from '../files/redirections.ts'
import { settle } from '../laws/advance.ts'
import { shellInfo } from '../relations/terminal.ts'
import type { FileTree } from '../world/file-node.ts'
import type { FreeProcess } from '../world/machine.ts'
import { createAlarms } from './alarms.ts'
import type { Listening } from './attention.ts'
import { wordedAt } from './busybox-words.ts'
import type { LineResult, LineSetup, ShellSetup } from './create-shell.ts'
import { asExec, asReply, assignments, inputOf, ranReply, variablesOf } from './exchange.ts'
import { createHelpers } from './helpers.ts'
import { jobProcess, withJobPid, withJobs } from './job-process.ts'
import { createJobTime } from './job-time.ts'
import { createJobs, type Errand, type Jobs } from './jobs.ts'
import { createLevel, isLoggingOut, type JobText, keyOf, type Level, type LevelLine } from './level.ts'
import { arriveAt, leaveLevel, levelWithin } from './login-levels.ts'
import type { Call, Passage, Post, Program, Reply } from './program.ts'
import { builtInsAt, programsAt } from './programs-at.ts'
import { runProgram } from './run-program.ts'
import { employScribe, type Occasion } from './scribe.ts'
import { type Statement, writesToTerminal } from './script.ts'
import { Interpreter } from './select-loops.ts'
import { startEnvironment } from './start-environment.ts'
import { createTimekeeper, type Timekeeper } from './timekeeper.ts'

/** What a session that runs a job has of the one that began it. */
type Background = { readonly jobs: Jobs; readonly time: Timekeeper; readonly process: FreeProcess }

/** The shells of one session: one interpreter a post, all over the same world. */
export class ShellSession {
  readonly levels: Level[]
  readonly bashes = new Map<string, { readonly bash: Bash; readonly files: FileTree }>()
  readonly redirections: Redirections
  readonly time: Timekeeper
  readonly setup: ShellSetup
  readonly jobs: Jobs
  readonly #openedMs: number
  readonly #process: FreeProcess | undefined
  /** A job may go on for as long as the session does. */
  readonly #limits: { readonly maxExecutionTimeMs?: number }
  readonly #detached: Statement[] = []
  #statements: readonly Statement[] | undefined
  /** The shell whose line is about to be parsed; those within it wait. */
  #starting: Level | undefined
  #running: Level | undefined
  #isHeard = false

  constructor(setup: ShellSetup, background?: Background, level: Level = createLevel(setup.start)) {
    const { world, pause = async () => undefined } = setup
    this.setup = setup
    this.#openedMs = world.nowMs
    this.levels = [level]
    this.jobs = background?.jobs ?? createJobs(world, createAlarms(world, this))
    this.#process = background?.process
    this.#limits = background === undefined ? {} : { maxExecutionTimeMs: Number.POSITIVE_INFINITY }
    this.time = background?.time ?? createTimekeeper(world, { pause, pass: ms => this.jobs.pass(ms) })
    this.redirections = createRedirections({
      toTerminal: text => void this.time.show(text),
      isDue: () => this.time.isDue(),
    })
  }

  /** A session of its own for a job, which shares the jobs of this one. */
  shellFor({ process, level }: Omit<JobText, 'line'>, errand: Errand): ShellSession {
    const time = createJobTime(this.setup.world, { errand, process })
    const setup = { ...this.setup, start: level.post, hasTerminal: false }
    return new ShellSession(setup, { jobs: this.jobs, time, process }, level)
  }

  /** Runs text while somebody takes the output of each of its commands as it comes. */
  runHeard(text: LevelLine, listener: Listening): Promise<Reply> {
    this.#isHeard = true
    return this.time.live(listener, () => this.runAt(this.top(), text))
  }

  top(): Level {
    return this.levels.at(-1) as Level
  }

  bashAt({ post, login }: Pick<Level, 'post' | 'login'>): Bash {
    const key = `${keyOf(post)}/${login?.shellPid}`
    const known = this.bashes.get(key)
    // A place that was made anew under its old name has other files.
    if (known?.files === post.machine.files) return known.bash
    const { world } = this.setup
    const bash = new Interpreter({
      fs: createFileSystem({ world, machine: post.machine, user: post.user }, this.redirections),
      env: startEnvironment(post),
      commands: builtInsAt(post),
      customCommands: [
        ...programsAt(post, world).map(({ program, name }) => this.commandOf(program, { name, post })),
        ...createHelpers({
          time: this.time,
          level: () => this.#running,
          startJob: (id, at) => this.startJob(id, at),
        }),
      ],
      executionLimits: { maxLoopIterations: 1_000_000, maxCommandCount: 10_000_000, ...this.#limits },
      sleep: this.time.sleep,
      defenseInDepth: false,
      processInfo: shellInfo(post, login),
    })
    const occasion = (): Occasion => {
      const { memory, env = {} } = this.#starting ?? {}
      const statements = this.#statements
      const isWatched = this.#starting === this.top() && this.time.isWatched()
      this.#starting = undefined
      this.#statements = undefined
      return {
        memory,
        handed: memory?.handed.filter(name => name in env) ?? [],
        isWatched,
        isHeard: isWatched && this.#isHeard,
        isTimed: this.time.deadlineMs() !== undefined,
        statements,
      }
    }
    employScribe(bash, occasion, statement => this.#detached.push(statement) - 1)
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
        env: variablesOf(context),
        cwd: context.cwd,
        ...(await inputOf(args, context)),
        passage: this.passageFrom(context, post),
      }
      return asExec(await this.time.spend(wordedAt(post, await runProgram(program, call), name)))
    })
  }

  passageFrom(context: ResolvedCommandContext, { host }: Post): Passage {
    const from = this.#running ?? this.top()
    const { login } = from
    return {
      login: login !== undefined && host.logins?.includes(login) === true ? login : undefined,
      history: from.history,
      limits: (this.#running ?? this.top()).limits,
      hasTerminal: this.setup.hasTerminal && (login === undefined || login.terminal !== undefined),
      jobs: this.jobs,
      process: this.#process,
      openedMs: this.#openedMs,
      sleep: this.time.sleep,
      pass: this.time.pass,
      deadlineMs: this.time.deadlineMs(),
      untilDeadline: (deadlineMs, work) => this.time.untilDeadline(deadlineMs, work),
      enter: (post, setup = {}) => void this.levels.push(levelWithin(from, post, setup)),
      runAt: (post, line, setup = {}) =>
        this.runAt(levelWithin(from, post, setup), { line, stdin: setup.stdin }),
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
  async runAt(level: Level, { line, stdin = '', statements }: LevelLine): Promise<Reply> {
    const outer = this.#running
    this.#statements = statements
    this.#starting = level
    this.#running = level
    Object.assign(level, { atExit: undefined })
    try {
      const ran = await this.bashAt(level).exec(withJobPid(line), {
        env: level.env,
        replaceEnv: true,
        cwd: level.cwd,
        rawScript: true,
        stdin,
      })
      level.cwd = level.atExit?.cwd ?? ran.env.PWD ?? level.cwd
      level.env = { ...(level.atExit?.env ?? ran.env) }
      level.memory.status = ran.exitCode
      return wordedAt(level.post, asReply(ran, this.redirections))
    } finally {
      this.#running = outer
      this.#starting = undefined
    }
  }

  /** Begins a statement that was put away for the background, in a shell of its own with the state of the one that it stands in. */
  async startJob(id: number, { env, cwd }: Pick<Level, 'env' | 'cwd'>): Promise<number> {
    const from = this.#running ?? this.top()
    const statement = this.#detached[id]
    if (statement === undefined) return 0
    const machine = from.post.container === undefined ? from.post.machine : from.post.host
    const parentPid = from.login?.shellPid ?? 1
    const process = jobProcess(this.setup.world, { machine, user: from.post.user, statement, parentPid })
    const level: Level = { ...from, env, cwd, memory: { ...from.memory, farewell: '' }, atExit: undefined }
    const run = this.#inBackground({ process, level, line: ':', statements: [statement] })
    const job = await this.jobs.start({ machine, process, run })
    if (this.setup.hasTerminal) this.redirections.spill('terminal', `[${job.number}] ${process.pid}\n`)
    return process.pid
  }

  /** How a job runs shell text: what a single command says that writes to the terminal comes as it is said. */
  #inBackground({ process, level, ...text }: JobText): (errand: Errand) => Promise<Reply> {
    const isHeard = text.statements?.every(writesToTerminal) === true
    const onOutput = (said: string): void => void (this.time.show(said) || this.jobs.say(said))
    return errand => {
      const shell = this.shellFor({ process, level }, errand)
      return isHeard ? shell.runHeard(text, { onOutput, signal: errand.signal }) : shell.runAt(level, text)
    }
  }

  async run(line: string, { stdin, signal, onOutput, limitMs, cwd }: LineSetup): Promise<LineResult> {
    const { world } = this.setup
    this.top().history.push(line)
    this.jobs.takeEnded()
    if (isLoggingOut(line) && this.levels.length > 1) {
      leaveLevel(world, this.levels)
      return { stdout: '', stderr: '', exit: 0, atMs: world.nowMs, isOutOfTime: false }
    }
    const deadlineMs = world.nowMs + (limitMs ?? Number.POSITIVE_INFINITY)
    arriveAt(world, this.levels)
    const level = this.top()
    const before = level.cwd
    if (cwd !== undefined) level.cwd = resolvePath(before, cwd)
    const work = (): Promise<Reply> => this.runAt(level, { line, stdin })
    const reply = await this.time.live({ onOutput, signal }, () =>
      limitMs === undefined ? work() : this.time.untilDeadline(deadlineMs, work),
    )
    if (cwd !== undefined) level.cwd = before
    if (level.atExit?.hasLeft === true && level === this.top() && this.levels.length > 1)
      leaveLevel(world, this.levels)
    settle(world)
    await this.jobs.pass(0)
    const said = withJobs(reply, this.jobs, this.setup.hasTerminal)
    return { ...said, atMs: world.nowMs, isOutOfTime: world.nowMs >= deadlineMs }
  }
}
