import { mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { freshFolder, programLine, runProgram } from '../kit/program.ts'
import { hasTmux, openTerminal } from '../kit/tmux.ts'

if (!hasTmux()) console.warn('SKIP asking before sessions are removed: tmux is missing')

const HOUR = 3_600_000
const header = {
  type: 'journal',
  format: 1,
  tool: 'runtree 0.1.0',
  runbook: 'mks-node',
  digest: '',
  target: 'local',
  host: 'here',
  startedAt: '2026-11-21T10:20:30.123Z',
  readOnly: false,
}

const keep = (state: string, sessionId: string, hoursAgo: number): string => {
  const folder = join(state, 'sessions', sessionId)
  mkdirSync(join(folder, 'bodies'), { recursive: true })
  const journal = join(folder, 'journal.jsonl')
  writeFileSync(journal, `${JSON.stringify({ ...header, sessionId })}\n`)
  writeFileSync(join(folder, 'bodies', 'x.txt'), Buffer.alloc(100_000))
  const at = new Date(Date.now() - hoursAgo * HOUR)
  utimesSync(journal, at, at)
  return folder
}

/** Four sessions: of an hour, two days, ten days and a year ago. */
const stateWithFour = (): string => {
  const state = freshFolder()
  const ages = { s1: 24 * 365, s2: 240, s3: 48, s4: 1 }
  for (const [id, hours] of Object.entries(ages)) keep(state, id, hours)
  return state
}
const idsIn = (state: string): readonly string[] => readdirSync(join(state, 'sessions')).sort()
const prune = (state: string, ...more: readonly string[]) =>
  runProgram(['sessions', 'prune', '--state-dir', state, ...more])

it('sessions are removed by age, size and number, and what was freed is said', () => {
  const state = stateWithFour()
  expect(prune(state, '--older-than', '30d', '--dry-run').stdout).toMatch(
    /^would go {2}s1 .* 100 kB\nwould go: 1 session, 100 kB; left: 3 sessions, 301 kB\.\n$/,
  )
  expect(idsIn(state)).toHaveLength(4)
  const old = prune(state, '--older-than', '30d', '--yes')
  expect([old.status, old.stdout]).toEqual([0, expect.stringMatching(/removed: 1 session, 100 kB; left: 3/)])
  expect(idsIn(state)).toEqual(['s2', 's3', 's4'])
  const large = JSON.parse(prune(state, '--max-size', '250kB', '--yes', '--json').stdout)
  expect(large).toMatchObject({ dryRun: false, removed: [{ id: 's2' }], left: { sessions: 2 } })
  expect(large.freedBytes).toBeGreaterThan(100_000)
  expect(prune(state, '--keep', '1', '--yes').status).toBe(0)
  expect(idsIn(state)).toEqual(['s4'])
  expect(prune(state, '--keep', '1').stdout).toContain('removed: 0 sessions, 0 B; left: 1 session')
})

it('an open session stays, and the reason is given', () => {
  const state = stateWithFour()
  const start = readFileSync(`/proc/${process.pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[19]
  writeFileSync(join(state, 'sessions', 's1', 'lock'), `${process.pid} ${start}\n`)
  const { stdout, status } = prune(state, '--keep', '1', '--yes')
  expect(stdout).toMatch(new RegExp(`^stays .* s1 .* process ${process.pid} has it open$`, 'm'))
  expect([status, idsIn(state)]).toEqual([0, ['s1', 's4']])
})

it('nothing is removed where nothing says what, or nobody said yes', () => {
  const state = stateWithFour()
  const told = [
    prune(state),
    prune(state, '--older-than', '3m', '--yes'),
    prune(state, '--max-size', 'much', '--yes'),
    prune(state, '--keep', '-1', '--yes'),
    prune(state, '--keep', '1'),
    runProgram(['sessions', '--keep', '1', '--yes', '--state-dir', state]),
    runProgram(['sessions', 'purge', '--state-dir', state]),
  ]
  expect(told.map(({ stderr }) => /\[(E_\w+)\]/.exec(stderr)?.[1])).toEqual([
    'E_CLI_PRUNE',
    'E_CLI_AGE',
    'E_CLI_SIZE',
    'E_CLI_COUNT',
    'E_CLI_CONFIRM',
    'E_CLI_USAGE',
    'E_CLI_USAGE',
  ])
  expect(told.map(({ status }) => status)).toEqual(told.map(() => 2))
  expect(idsIn(state)).toHaveLength(4)
})

it.skipIf(!hasTmux())('a person is asked on the terminal, and only yes removes', async () => {
  const state = stateWithFour()
  // What a shell prints right before its end can be lost with its terminal: this one stays.
  const command = `${programLine} sessions prune --keep 2 --state-dir ${state}; echo "ended $?"; cat`
  const answer = async (...keys: readonly string[]): Promise<string> => {
    const terminal = openTerminal({ command, columns: 100, rows: 20 })
    onTestFinished(terminal.end)
    await terminal.sees(/Remove 2 sessions and free 20\d kB\?/)
    terminal.press(...keys)
    return terminal.sees('ended 0')
  }
  expect(await answer('n', 'o', 'Enter')).toContain('Nothing was removed')
  expect(await answer('C-c')).toContain('Nothing was removed')
  expect(await answer('C-d')).toContain('Nothing was removed')
  expect(idsIn(state)).toHaveLength(4)
  expect(await answer('y', 'e', 's', 'Enter')).toContain('removed: 2 sessions')
  expect(idsIn(state)).toEqual(['s3', 's4'])
})
