import type { Login } from '../world/login.ts'
import type { Process } from './processes.ts'

/** The terminal of whoever is logged in. */
export const TERMINAL = '/dev/pts/0'

/** Whether a process was begun at a terminal. */
export const hasTerminal = ({ free }: Pick<Process, 'free'>): boolean => free?.hasTerminal === true

/** The terminal at which a process was begun, with its folder. */
export const terminalOf = ({ free }: Pick<Process, 'free'>): string =>
  free?.terminal === undefined ? TERMINAL : `/dev/${free.terminal}`

/** The terminal of a process as ps names it: that of who is logged in, or the one at which a getty waits; `?` without one. */
export const ttyOf = (process: Process): string =>
  hasTerminal(process)
    ? terminalOf(process).replace('/dev/', '')
    : (/^getty@(.+)\.service$/.exec(process.unit?.name ?? '')?.[1] ?? '?')

/** The highest pid that a machine of some age has given before anybody comes. */
export const PAST_PID = 4_240

/** How a shell tells who it is. In a container, which counts its processes by itself, it is a child of what lies outside. */
export const shellInfo = ({ user }: { readonly user: string }, login: Login | undefined) => {
  const id = user === 'root' ? 0 : 1000
  return { pid: login?.shellPid ?? INSIDE_PID, ppid: login?.pid ?? 0, uid: id, gid: id }
}

/** The number of a shell where nothing else is known. */
const INSIDE_PID = 31
