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

const ownerIn = (text: string): number | undefined => {
  const [pid = '', startThen = ''] = text.trim().split(' ')
  if (!/^\d+$/.test(pid) || !exists(Number(pid))) return undefined
  const start = startOf(Number(pid))
  return start !== '' && startThen !== '' && start !== startThen ? undefined : Number(pid)
}

/**
 * The process that has a session open, by the path of its folder; `undefined` when none has. A lock whose process is gone, or whose
 * number now belongs to another process, is stale and counts as none.
 */
export const ownerOf = (path: string): number | undefined => {
  try {
    return ownerIn(readFileSync(join(path, lockFile), 'utf8'))
  } catch {
    return undefined
  }
}

const readLock = (lock: string): string | undefined => {
  try {
    return readFileSync(lock, 'utf8')
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined
    throw error
  }
}

/** Gives a lock its name with its text already in it, by a call that is told both: another process must never read it half written. */
const nameLock = (lock: string, name: (fresh: string, lock: string) => void): void => {
  const fresh = `${lock}.${process.pid}`
  try {
    writeFileSync(fresh, `${process.pid} ${startOf(process.pid)}\n`, { mode: 0o600 })
    name(fresh, lock)
  } finally {
    rmSync(fresh, { force: true })
  }
}

/** False where there is a lock already. */
const createLock = (lock: string): boolean => {
  try {
    nameLock(lock, linkSync)
    return true
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false
    throw error
  }
}

/**
 * Takes a lock that is free or stale; the process that has it then, or is about to: this one or another. Of several that find a stale lock, one may replace it: who
 * has the lock that is named after its text. That one can be stale too, by a process that died at this very work, and is then taken in
 * the same way. The stale lock stays in its place until it is replaced in one call, so nobody finds it free meanwhile.
 */
const takeLock = (lock: string): number => {
  while (!createLock(lock)) {
    const text = readLock(lock)
    if (text === undefined) continue
    const owner = ownerIn(text)
    if (owner !== undefined) return owner
    const right = `${lock}.after-${text.trim().replace(/\W+/g, '-').slice(0, 40)}`
    const holder = takeLock(right)
    if (holder !== process.pid) return holder
    try {
      if (readLock(lock) === text) {
        nameLock(lock, renameSync)
        return process.pid
      }
    } finally {
      rmSync(right, { force: true })
    }
  }
  return process.pid
}

/** Takes a session for this process; throws with a sentence when another one has it, or what the system says. */
export const lockSession = (path: string): void => {
  const owner = takeLock(join(path, lockFile))
  if (owner !== process.pid) throw new Error(`process ${owner} has this session open`)
}

/** Lets a session go again; a lock that is not ours stays. */
export const unlockSession = (path: string): void => {
  if (ownerOf(path) === process.pid) rmSync(join(path, lockFile), { force: true })
}
