/** Somebody who has come to a machine by ssh, as sshd and logind keep them: at a terminal, or for one command without one. */
export type Login = {
  readonly session: number
  readonly user: string
  /** Without its folder, as `pts/0`; a single command has none. */
  readonly terminal: string | undefined
  readonly from: string
  readonly port: number
  readonly sinceMs: number
  /** When something was last typed at the terminal. */
  typedMs?: number
  /** sshd's process for this connection, and that of the shell. */
  readonly pid: number
  readonly shellPid: number
  /** The process that holds the other end, where that is a machine of the world. */
  readonly client?: { readonly machine: string; readonly pid: number }
}

/** A session that whoever came has left, while something that was begun in it still runs; it has taken `cpuMs` of processor time. */
export type LeftSession = Login & { readonly cpuMs: number }

/** A login at a terminal that is over; `down` where the machine went down first. */
export type PastLogin = Pick<Login, 'user' | 'from' | 'sinceMs'> & {
  readonly terminal: string
  readonly untilMs: number
  readonly end: 'left' | 'down'
}

/** A user's own systemd, which stays a while after the last login. */
export type UserManager = {
  readonly user: string
  readonly pid: number
  leavesMs: number | undefined
}
