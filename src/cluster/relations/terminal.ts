import { nodeAt } from '../files/file-tree.ts'
import type { Machine } from '../world/machine.ts'
import type { Process } from './processes.ts'

/** The terminal of whoever is logged in. */
export const TERMINAL = '/dev/pts/0'

/** Whether a process was begun at a terminal. */
export const hasTerminal = ({ free }: Pick<Process, 'free'>): boolean => free?.hasTerminal === true

/** The terminal of a process as ps names it: that of who is logged in, or the one at which a getty waits; `?` without one. */
export const ttyOf = (process: Process): string =>
  hasTerminal(process)
    ? TERMINAL.replace('/dev/', '')
    : (/^getty@(.+)\.service$/.exec(process.unit?.name ?? '')?.[1] ?? '?')

/** The process of the shell that a session begins in; that of who let it in is one less. */
export const SHELL_PID = 4242

/** Notes in the files of logins that somebody has come to a machine, and gives the shell its number. */
export const recordLogin = (machine: Machine, nowMs: number): void => {
  machine.nextPid = Math.max(machine.nextPid, SHELL_PID)
  for (const name of ['wtmp', 'lastlog']) {
    const node = nodeAt(machine.files, `/var/log/${name}`)
    if (node !== undefined) node.mtimeMs = nowMs
  }
}

/** How the shell of a user tells who it is. */
export const shellInfo = (user: string) => {
  const id = user === 'root' ? 0 : 1000
  return { pid: SHELL_PID, ppid: SHELL_PID - 1, uid: id, gid: id }
}
