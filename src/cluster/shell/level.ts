import { hostnameOf } from '../relations/hostname.ts'
import type { Login } from '../world/login.ts'
import type { FreeProcess } from '../world/machine.ts'
import { createMemory, type Memory } from './memory.ts'
import type { Post } from './program.ts'
import type { Statement } from './script.ts'
import { startEnvironment, startFolder } from './start-environment.ts'

/** A limit of a shell and of what it runs, as ulimit prints it. */
export type Limit = { readonly soft: string; readonly hard: string }

/** A shell within the session: where it stands and what it keeps from line to line. */
export type Level = {
  readonly post: Post
  /** What the machine was called when the shell began, which a prompt goes on saying. */
  readonly hostname: string
  cwd: string
  env: Record<string, string>
  /** By which the person has come to the machine; none leads into a container from elsewhere. */
  login: Login | undefined
  readonly memory: Memory
  /** The lines typed in it; a shell that runs a given text keeps none. */
  readonly history: string[]
  /** What ulimit has set, by its letter; the others are as at a login. */
  readonly limits: Map<string, Limit>
  /** The state at an `exit` of the line that runs, which the interpreter would not give. */
  atExit: StateAtExit | undefined
}

/** A shell's state where a line ends early; `hasLeft` tells whether by leaving the shell. */
export type StateAtExit = {
  readonly env: Readonly<Record<string, string>>
  readonly cwd: string
  readonly hasLeft: boolean
}

/** Shell text for a level. */
export type LevelLine = {
  readonly line: string
  readonly stdin?: string | undefined
  /** What runs in place of the line. */
  readonly statements?: readonly Statement[]
}

/** Shell text that a job runs, where, and as which process. */
export type JobText = LevelLine & { readonly process: FreeProcess; readonly level: Level }

/** The variables that a login gives to what it begins, as far as they are set. */
const givenAtLogin = [
  'SSH_CLIENT',
  'SSH_CONNECTION',
  'SSH_TTY',
  'XDG_SESSION_ID',
  'XDG_RUNTIME_DIR',
  'XDG_SESSION_TYPE',
  'XDG_SESSION_CLASS',
  'DBUS_SESSION_BUS_ADDRESS',
]

/** A shell as it begins at a post, with variables beyond those of a login. */
export const createLevel = (
  post: Post,
  env: Readonly<Record<string, string>> = {},
  cwd: string = startFolder(post),
): Level => ({
  post,
  hostname: hostnameOf(post.machine),
  cwd,
  env: { ...startEnvironment(post), ...env },
  login: undefined,
  memory: createMemory([...givenAtLogin, ...Object.keys(env)]),
  history: [],
  limits: new Map(),
  atExit: undefined,
})

/** What tells one post from another. */
export const keyOf = ({ host, machine, container, user }: Post): string =>
  `${host.name}/${machine === host.planet ? 'planet' : machine.name}/${container?.id ?? ''}/${user}`

/** Whether a line is the word that leaves a login shell. */
export const isLoggingOut = (line: string): boolean => /^\s*logout(\s+\d+)?\s*;?\s*$/.test(line)
