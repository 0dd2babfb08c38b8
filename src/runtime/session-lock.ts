import { closeSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const lockFile = 'lock'

/** When a process started, in the kernel's ticks since boot (proc_pid_stat(5), field 22); empty where the kernel does not tell. */
const startOf = (pid: number): string => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  } catch {
    return ''
  }
}

const exists = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

const readOwner = (path: string): { readonly pid: number; readonly start: string } | undefined => {
  try {
    const [pid = '', start = ''] = readFileSync(join(path, lockFile), 'utf8').trim().split(' ')
    return /^\d+$/.test(pid) ? { pid: Number(pid), start } : undefined
  } catch {
    return undefined
  }
}

/**
 * The process that has a session open, by the path of its folder; `undefined` when none has. A lock whose process is gone, or whose
 * number now belongs to another process, is stale and counts as none.
 */
export const ownerOf = (path: string): number | undefined => {
  const owner = readOwner(path)
  if (owner === undefined || !exists(owner.pid)) return undefined
  const start = startOf(owner.pid)
  return start !== '' && owner.start !== '' && start !== owner.start ? undefined : owner.pid
}

const ownText = (): string => `${process.pid} ${startOf(process.pid)}\n`

const createLock = (path: string): boolean => {
  try {
    const descriptor = openSync(join(path, lockFile), 'wx', 0o600)
    writeFileSync(descriptor, ownText())
    closeSync(descriptor)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

/** Takes a session for this process; throws with a sentence when another one has it, or what the system says. */
export const lockSession = (path: string): void => {
  if (createLock(path)) return
  const owner = ownerOf(path)
  if (owner !== undefined && owner !== process.pid) throw new Error(`process ${owner} has this session open`)
  const fresh = join(path, `${lockFile}.${process.pid}`)
  writeFileSync(fresh, ownText(), { mode: 0o600 })
  renameSync(fresh, join(path, lockFile))
}

/** Lets a session go again; a lock that is not ours stays. */
export const unlockSession = (path: string): void => {
  if (readOwner(path)?.pid === process.pid) rmSync(join(path, lockFile), { force: true })
}
