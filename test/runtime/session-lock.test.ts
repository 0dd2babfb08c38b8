import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { lockSession, ownerOf, unlockSession } from '../../src/runtime/session-lock.ts'
import { waitFor } from '../kit/wait-for.ts'
import { temporaryFolder } from './kit.ts'

const startOf = (pid: number): string =>
  readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[19] ?? ''

const script = fileURLToPath(new URL('../fixtures/runtime/lock-process.ts', import.meta.url))

const rival = (path: string) => {
  const child = spawn(process.execPath, [script, path], { stdio: ['pipe', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  let text = ''
  child.stdout.on('data', chunk => {
    text += chunk
  })
  const says = (wanted: RegExp) => waitFor({ what: `${wanted}`, probe: () => wanted.exec(text)?.[0] })
  return { pid: child.pid, go: () => child.stdin.write('go\n'), says }
}

const sleeper = () => {
  const child = spawn('sleep', ['600'])
  onTestFinished(() => void child.kill('SIGKILL'))
  return { child, pid: child.pid ?? 0 }
}

describe('a session', () => {
  it('belongs to the process that has it open, until that lets it go', () => {
    const path = temporaryFolder()
    expect(ownerOf(path)).toBeUndefined()
    lockSession(path)
    expect(ownerOf(path)).toBe(process.pid)
    unlockSession(path)
    expect(ownerOf(path)).toBeUndefined()
  })

  it('is not taken from a process that lives, and is once that has gone', async () => {
    const path = temporaryFolder()
    const { child, pid } = sleeper()
    writeFileSync(join(path, 'lock'), `${pid} ${startOf(pid)}\n`)
    expect(ownerOf(path)).toBe(pid)
    expect(() => lockSession(path)).toThrow(`process ${pid} has this session open`)
    unlockSession(path)
    expect(ownerOf(path)).toBe(pid)
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect(ownerOf(path)).toBeUndefined()
    lockSession(path)
    expect(ownerOf(path)).toBe(process.pid)
  })

  it('is not thought of as open when its number was given to another process since', () => {
    const path = temporaryFolder()
    const { pid } = sleeper()
    writeFileSync(join(path, 'lock'), `${pid} 1\n`)
    expect(ownerOf(path)).toBeUndefined()
  })

  it.each(['', 'rubbish', '12'])('is not kept from anyone by a lock that says %j', text => {
    const path = temporaryFolder()
    writeFileSync(join(path, 'lock'), text === '12' ? '999999999 1' : text)
    lockSession(path)
    expect(ownerOf(path)).toBe(process.pid)
  })

  it('is taken by one of several that find its stale lock at the same time', async () => {
    const path = temporaryFolder()
    writeFileSync(join(path, 'lock'), '999999999 1\n')
    const rivals = [rival(path), rival(path), rival(path), rival(path)]
    await Promise.all(rivals.map(({ says }) => says(/ready/)))
    for (const { go } of rivals) go()
    const words = await Promise.all(rivals.map(({ says }) => says(/taken|process .*/)))
    const winner = rivals[words.indexOf('taken')]?.pid
    expect(words.filter(word => word === 'taken')).toHaveLength(1)
    expect(ownerOf(path)).toBe(winner)
    expect(readdirSync(path)).toEqual(['lock'])
  })
})
