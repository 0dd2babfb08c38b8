import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { processesNamed, processesWith } from '../kit/processes.ts'
import { hasSshd, startSshd } from '../kit/sshd.ts'
import { programs } from './local-target.ts'

const driver = fileURLToPath(new URL('drivers/run-over-ssh.ts', import.meta.url))

/** Starts a process of ours that runs a line on the other side, and gives it once the line has printed something. */
const start = async (line: string) => {
  const sshd = await startSshd()
  onTestFinished(sshd.end)
  const folder = mkdtempSync(join(tmpdir(), 'rt-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const env = { ...process.env, XDG_RUNTIME_DIR: folder }
  const child = spawn(process.execPath, [driver, sshd.configFile, line], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  await once(child.stdout, 'data')
  return {
    kill: () => child.kill('SIGKILL'),
    remote: () => processesWith(sshd.mark),
    connections: () => processesNamed(join(folder, '')),
    files: () => readdirSync(folder),
  }
}

describe.skipIf(!hasSshd())('when this process is killed with -9', () => {
  it('its command on the other side ends with all children, and so does the connection', async () => {
    const { kill, remote, connections, files } = await start(
      'sleep 600 & setsid sleep 600 & echo ready; wait',
    )
    expect([remote().length > 2, connections().length > 0, files().length]).toEqual([true, true, 1])
    kill()
    await expect.poll(remote, { timeout: 5000 }).toEqual([])
    await expect.poll(connections, { timeout: 5000 }).toEqual([])
    await expect.poll(files, { timeout: 5000 }).toEqual([])
  })

  it('also a command there that ignores being asked to end', async () => {
    const { kill, remote } = await start(`${programs}/ignores-term`)
    kill()
    await expect.poll(remote, { timeout: 8000 }).toEqual([])
  })
})
