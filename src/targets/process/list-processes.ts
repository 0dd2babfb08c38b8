import { readdirSync, readFileSync } from 'node:fs'
import { constants } from 'node:os'

/** A process as the kernel tells of it. */
export type ProcessEntry = {
  readonly pid: number
  readonly parent: number
  readonly group: number
  readonly session: number
}

const readText = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    // Gone in the meantime, someone else's, or a system without /proc.
    return undefined
  }
}

/** A living process; `undefined` for one that is gone or dead and only not yet collected by its parent. */
export const readProcess = (pid: number): ProcessEntry | undefined => {
  const text = readText(`/proc/${pid}/stat`)
  if (text === undefined) return undefined
  // The second field is a program's name in parentheses, which may hold spaces and parentheses itself: proc(5).
  const [state = '', ...numbers] = text.slice(text.lastIndexOf(')') + 2).split(' ')
  const [parent = 0, group = 0, session = 0] = numbers.map(Number)
  return /[ZXx]/.test(state) ? undefined : { pid, parent, group, session }
}

/** Every living process of this machine; `undefined` where there is no /proc to tell. */
export const listProcesses = (): readonly ProcessEntry[] | undefined => {
  try {
    const pids = readdirSync('/proc').filter(name => /^\d+$/.test(name))
    return pids.map(name => readProcess(Number(name))).filter(entry => entry !== undefined)
  } catch {
    return undefined
  }
}

/** Tells whether a process was started with this assignment (`NAME=value`) in its environment. */
export const wasStartedWith = (pid: number, assignment: string): boolean =>
  `\0${readText(`/proc/${pid}/environ`) ?? ''}`.includes(`\0${assignment}\0`)

const maskIn = (status: string, field: string): bigint =>
  BigInt(`0x${new RegExp(`^${field}:\\s*([0-9a-f]+)$`, 'm').exec(status)?.[1] ?? '0'}`)

/** Tells whether a living process leaves a signal to the kernel, neither caught nor ignored: `SigCgt` and `SigIgn` of proc(5). */
export const leavesToKernel = (pid: number, signal: NodeJS.Signals): boolean => {
  const status = readText(`/proc/${pid}/status`)
  if (status === undefined) return false
  const mine = maskIn(status, 'SigCgt') | maskIn(status, 'SigIgn')
  return (mine & (1n << BigInt(constants.signals[signal] - 1))) === 0n
}
