import { settle } from '../laws/advance.ts'
import type { World } from '../world/world.ts'
import type { Pause } from './attention.ts'
import { completeWord } from './complete.ts'
import { createLevel } from './level.ts'
import { leaveAll } from './login-levels.ts'
import { needsMore } from './needs-more.ts'
import type { Post } from './program.ts'
import { Interpreter } from './select-loops.ts'
import { ShellSession } from './shell-session.ts'

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
  /** The host name that the prompt says: that of the time when the shell began. */
  readonly hostname: () => string
  /** How deep the session is in shells within shells; 1 at its start. */
  readonly depth: () => number
  /** What the last word of a line could be completed to. */
  readonly complete: (line: string) => readonly string[]
  /** Whether a text is the beginning of a command that goes on in the next line. */
  readonly needsMore: (text: string) => boolean
  /** Goes to a post, as if a person had opened a terminal there. */
  readonly goTo: (post: Post) => void
  /** Logs out; nothing can be run after that. */
  readonly close: () => void
}

/** What a shell is made from. `hasTerminal` tells whether a person types; `pause` waits in real time before a follower's next second. */
export type ShellSetup = {
  readonly world: World
  readonly start: Post
  readonly hasTerminal: boolean
  readonly pause?: Pause
}

/** Opens a shell at a post. Nothing that it runs reaches the real machine: files, network and processes are the world's. */
export const createShell = (setup: ShellSetup): Shell => {
  const session = new ShellSession(setup)
  settle(setup.world)
  return {
    run: (line, lineSetup = {}) => session.run(line, lineSetup),
    post: () => session.top().post,
    cwd: () => session.top().cwd,
    hostname: () => session.top().hostname,
    depth: () => session.levels.length,
    complete: line => {
      const { post, cwd } = session.top()
      session.bashAt(session.top())
      return completeWord(line, { post, cwd, hosts: [...setup.world.machines.keys()] })
    },
    // What is only heard is prepared for nothing.
    needsMore: text => needsMore(new Interpreter(), text),
    goTo: post => {
      leaveAll(setup.world, session.levels)
      session.levels.push(createLevel(post))
    },
    close: () => leaveAll(setup.world, session.levels),
  }
}
