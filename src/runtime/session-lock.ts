import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { errorCode } from '../base/index.ts'

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
    return errorCode(error) === 'EPERM'
  }
}

const readLock = (path: string): string | undefined => {
  try {
    return readFileSync(join(path, lockFile), 'utf8')
  } catch {
    return undefined
  }
}

const readOwner = (path: string): { readonly pid: number; readonly start: string } | undefined => {
  const [pid = '', start = ''] = readLock(path)?.trim().split(' ') ?? []
  return /^\d+$/.test(pid) ? { pid: Number(pid), start } : undefined
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

/** Gives the lock its name with its text already in it: another process must never read it half written. False where there is one. */
const createLock = (path: string): boolean => {
  const fresh = join(path, `${lockFile}.${process.pid}`)
  try {
    writeFileSync(fresh, ownText(), { mode: 0o600 })
    linkSync(fresh, join(path, lockFile))
    return true
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false
    throw error
  } finally {
    rmSync(fresh, { force: true })
  }
}

/** Takes a stale lock away: of several processes that find it, one does. A lock that was renewed meanwhile is put back. */
const removeStale = (path: string, stale: string): void => {
  const lock = join(path, lockFile)
  const aside = join(path, `${lockFile}.stale.${process.pid}`)
  try {
    renameSync(lock, aside)
    if (readFileSync(aside, 'utf8') !== stale) linkSync(aside, lock)
  } catch (error) {
    if (errorCode(error) !== 'ENOENT' && errorCode(error) !== 'EEXIST') throw error
  } finally {
    rmSync(aside, { force: true })
  }
}

const refuse = (path: string): never => {
  throw new Error(`process ${ownerOf(path) ?? 'unknown'} has this session open`)
}

/** Takes a session for this process; throws with a sentence when another one has it, or what the system says. */
export const lockSession = (path: string): void => {
  if (createLock(path)) return
  const stale = readLock(path)
  const owner = ownerOf(path)
  if (owner === process.pid) return
  if (owner !== undefined) refuse(path)
  if (stale !== undefined) removeStale(path, stale)
  if (!createLock(path)) refuse(path)
}

/** Lets a session go again; a lock that is not ours stays. */
export const unlockSession = (path: string): void => {
  if (readOwner(path)?.pid === process.pid) rmSync(join(path, lockFile), { force: true })
}
