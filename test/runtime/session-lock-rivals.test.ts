import { spawn } from 'node:child_process'
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import { lockSession, ownerOf } from '../../src/runtime/session-lock.ts'
import { temporaryFolder } from './kit.ts'

// What others do right before a call of the file system, by the number of that call.
const { between } = vi.hoisted(() => ({
  between: { calls: 0, others: new Map<number, () => void>(), isBusy: false, isDead: false },
}))

vi.mock(import('node:fs'), async original => {
  const real = await original()
  const after = <Call extends (...given: never[]) => unknown>(call: Call): Call =>
    ((...given: never[]) => {
      if (!between.isBusy) {
        const other = between.others.get(between.calls++)
        between.isBusy = true
        other?.()
        between.isBusy = false
      }
      if (between.isDead) throw new Error('a dead process does nothing more')
      return call(...given)
    }) as Call
  return {
    ...real,
    linkSync: after(real.linkSync),
    readFileSync: after(real.readFileSync),
    renameSync: after(real.renameSync),
    rmSync: after(real.rmSync),
    writeFileSync: after(real.writeFileSync),
  }
})

const livingProcess = (): number => {
  const child = spawn('sleep', ['600'])
  onTestFinished(() => void child.kill('SIGKILL'))
  return child.pid ?? 0
}

/** Whether a process of that number gets the session. */
const takesAs = (pid: number, path: string): boolean => {
  const own = process.pid
  Object.defineProperty(process, 'pid', { value: pid })
  try {
    lockSession(path)
    return true
  } catch {
    return false
  } finally {
    Object.defineProperty(process, 'pid', { value: own })
  }
}

const staleLock = (folder: string, name: string): string => {
  const path = join(folder, name)
  mkdirSync(path)
  writeFileSync(join(path, 'lock'), '999999999 1\n')
  return path
}

it('a stale lock is taken by one, wherever others come in between', () => {
  const [slow, second, third] = [livingProcess(), livingProcess(), livingProcess()]
  const folder = temporaryFolder()
  const trial = (name: string, at: readonly number[]): number => {
    const path = staleLock(folder, name)
    const taken: number[] = []
    const takeAs = (pid: number) => () => void (takesAs(pid, path) && taken.push(pid))
    between.calls = 0
    between.others = new Map(
      [second, third].slice(0, at.length).map((pid, index) => [at[index] ?? 0, takeAs(pid)] as const),
    )
    takeAs(slow)()
    between.others = new Map()
    expect(taken, `others before the calls ${at.join(' and ')}`).toHaveLength(1)
    expect(ownerOf(path)).toBe(taken[0])
    expect(readdirSync(path)).toEqual(['lock'])
    return between.calls
  }
  const calls = trial('alone', [])
  expect(calls).toBeGreaterThan(5)
  for (let first = 0; first < calls; first++) {
    const more = trial(`${first}`, [first])
    for (let then = first + 1; then < more; then++) trial(`${first}-${then}`, [first, then])
  }
})

it('a stale lock can still be taken, wherever one that was taking it has died', () => {
  const dead = 999_999_998
  const [second, third] = [livingProcess(), livingProcess()]
  const folder = temporaryFolder()
  const trial = (last: number): boolean => {
    const path = staleLock(folder, `${last}`)
    const die = () => {
      between.isDead = true
    }
    between.calls = 0
    between.others = new Map([[last, die]])
    const isThrough = takesAs(dead, path)
    between.others = new Map()
    between.isDead = false
    expect([takesAs(second, path), takesAs(third, path)], `dead before call ${last}`).toEqual([true, false])
    expect(ownerOf(path)).toBe(second)
    return isThrough
  }
  let last = 0
  while (!trial(last)) last++
  expect(last).toBeGreaterThan(5)
})
