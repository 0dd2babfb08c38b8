import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { processesWith } from '../kit/processes.ts'
import { waitFor } from '../kit/wait-for.ts'
import { programs } from './local-target.ts'

const driver = fileURLToPath(new URL('drivers/run-until-killed.ts', import.meta.url))

const whenEmpty = (what: string, list: () => readonly string[]): Promise<true> =>
  waitFor({
    what: `${what} to be gone`,
    probe: () => list().length === 0 || undefined,
    onTimeout: () => list().join('\n'),
  })

/** Starts a process of ours that runs a line, and gives it once the line has printed something. */
const start = async (line: string) => {
  const folder = mkdtempSync(join(tmpdir(), 'runtree-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const mark = randomUUID()
  const env = { ...process.env, RUNTREE_TEST: mark, XDG_RUNTIME_DIR: folder }
  const child = spawn(process.execPath, [driver, line], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  const output: string[] = []
  child.stdout.on('data', (bytes: Buffer) => output.push(bytes.toString()))
  await once(child.stdout, 'data')
  return {
    kill: () => child.kill('SIGKILL'),
    left: () => processesWith(`RUNTREE_TEST=${mark}`),
    output: () => output.join(''),
    files: () => readdirSync(folder),
  }
}

describe('when this process is killed with -9', () => {
  it('its command, with children everywhere, ends too and its private files go', async () => {
    const { kill, left, files } = await start('sleep 600 & setsid sleep 600 & echo ready; wait')
    // The line prints before its children have become what they are to be.
    await expect.poll(() => [left().length, files().length], { timeout: 5000 }).toEqual([4, 1])
    kill()
    await whenEmpty('processes', left)
    await whenEmpty('files', files)
  })

  it('also a command that ignores being asked to end', async () => {
    const { kill, left } = await start(`${programs}/ignores-term`)
    kill()
    await whenEmpty('processes', left)
  })

  it('a process that a finished command put into a session of its own goes on', async () => {
    const { kill, left, files, output } = await start('setsid sleep 600 >/dev/null 2>&1 & echo $!')
    await waitFor({ what: 'the command to be over', probe: () => output().includes('over') || undefined })
    kill()
    await whenEmpty('files', files)
    expect(left()).toEqual([expect.stringContaining('sleep')])
    process.kill(Number(left()[0]?.split(' ')[0]))
  })
})
