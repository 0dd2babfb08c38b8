import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it, onTestFinished } from 'vitest'
import { readSession } from '../../src/runtime/index.ts'
import { waitFor } from '../kit/wait-for.ts'
import { temporaryFolder } from './kit.ts'

const script = fileURLToPath(new URL('../fixtures/runtime/session-process.ts', import.meta.url))

type Report = {
  readonly peakMiB: number
  readonly notices: readonly string[]
  readonly closed: string
  readonly runs: readonly {
    readonly outcome: unknown
    readonly totalLines: number
    readonly totalBytes: number
  }[]
}

/** A session in a process of its own, under a limit for the size of files where one is given. */
const startSession = (stateDir: string, lines: readonly string[], fileBlocks = 'unlimited') => {
  const limited = `ulimit -f ${fileBlocks}; exec "$0" "$@"`
  const args = ['-c', limited, process.execPath, script, stateDir, 's1', ...lines]
  const child: ChildProcess = spawn('bash', args, { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  let text = ''
  child.stdout?.on('data', chunk => {
    text = (text + chunk).slice(-400_000)
  })
  const ended = once(child, 'exit')
  return {
    child,
    text: () => text,
    ended,
    report: async (): Promise<Report> => {
      await ended
      return JSON.parse(text.trimEnd().split('\n').at(-1) ?? '')
    },
  }
}

it('an output of 200 MB is kept whole on disk and bounded in memory', async () => {
  const small = await startSession(temporaryFolder(), ['echo done']).report()
  const stateDir = temporaryFolder()
  const line = 'yes "a line of an output that goes on and on for ever" | head -c 200000000'
  const large = await startSession(stateDir, [line]).report()
  expect(large).toMatchObject({
    notices: [],
    runs: [{ outcome: { kind: 'exited', code: 0 }, totalLines: 4_081_633, totalBytes: 200_000_000 }],
  })
  expect(large.peakMiB - small.peakMiB).toBeLessThan(128)
  const bodies = join(stateDir, 'sessions', 's1', 'bodies')
  expect(readdirSync(bodies).map(name => statSync(join(bodies, name)).size)).toEqual([200_000_001])
}, 60_000)

it('a session that is killed while a command runs reads back to that point, names the run, and leaves no child', async () => {
  const stateDir = temporaryFolder()
  const { child, text, ended } = startSession(stateDir, ['uname', 'echo "pid $$"; exec sleep 300'])
  const pid = await waitFor({
    what: 'the command to say its pid',
    probe: () => /pid (\d+)/.exec(text())?.[1],
  })
  child.kill('SIGKILL')
  await ended
  const stored = readSession(join(stateDir, 'sessions', 's1'))
  if (!stored.ok) throw new Error(stored.error)
  expect(stored.value.unfinished.map(({ line }) => line)).toEqual(['echo "pid $$"; exec sleep 300'])
  expect(stored.value.session.runs.get('r1')).toMatchObject({ phase: 'finished', totalLines: 1 })
  const command = `/proc/${pid}/cmdline`
  const isGone = (): true | undefined => {
    try {
      return readFileSync(command, 'utf8').includes('sleep') ? undefined : true
    } catch {
      return true
    }
  }
  await waitFor({ what: 'the child to be gone', probe: isGone })
})

it('a limit on the size of files takes the journal away, not the session', async () => {
  const stateDir = temporaryFolder()
  const lines = ['seq 1 9999', ...Array.from({ length: 20 }, (_, index) => `echo ${index}`)]
  const { notices, closed, runs } = await startSession(stateDir, lines, '8').report()
  expect(notices).toEqual([
    expect.stringMatching(/^Outputs are not kept, from that of r1 on: EFBIG/),
    'Outputs are kept again, from that of r2 on.',
    expect.stringMatching(/^The session is not kept from here on: EFBIG/),
  ])
  expect(closed).toBe('left')
  expect(runs).toHaveLength(21)
  const stored = readSession(join(stateDir, 'sessions', 's1'))
  expect(stored).toMatchObject({ ok: true, value: { notices: [], session: { closed: undefined } } })
})
