import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { freshFolder, programLine, runProgram } from '../kit/program.ts'
import { hasTmux, openTerminal, type Terminal } from '../kit/tmux.ts'

const canDrive = hasTmux()
if (!canDrive) console.warn('SKIP values in the plain mode: tmux is not installed')

let terminal: Terminal | undefined
afterEach(() => terminal?.end())

const writeDocument = (): string => {
  const path = join(freshFolder(), 'values.md')
  writeFileSync(
    path,
    '# Values\n\n```bash\nprintf %s JOIN_TOKEN | wc -c\n```\n\n```bash\necho on NODE_NAME\n```\n',
  )
  return path
}

it.skipIf(!canDrive)('a secret is not drawn while it is typed, and not offered again', async () => {
  const state = freshFolder()
  terminal = openTerminal({
    command: `${programLine} open ${writeDocument()} --plain --state-dir ${state}`,
    columns: 80,
    rows: 24,
    env: { LANG: 'C.UTF-8' },
  })
  await terminal.sees('q to leave')
  terminal.type('v JOIN_TOKEN')
  terminal.press('Enter')
  await terminal.sees('not shown:')
  terminal.type('hunter2-abc')
  terminal.press('Enter')
  terminal.type('c1')
  terminal.press('Enter')
  await terminal.sees(/Type yes|yes/)
  terminal.type('yes')
  terminal.press('Enter')
  await terminal.sees(/^11$/m)
  terminal.press('Up', 'Up', 'Up')
  const screen = await terminal.sees(/> v JOIN_TOKEN$/m)
  expect(screen).not.toContain('hunter2')
  const [session = ''] = readdirSync(join(state, 'sessions'))
  expect(readFileSync(join(state, 'sessions', session, 'journal.jsonl'), 'utf8')).not.toContain('hunter2')
})

it('a typed command says where it runs, when its step is about another machine', { timeout: 60_000 }, () => {
  const words = ['open', 'mks-node#first-checks', '--target', 'sim', '--plain', '--state-dir', freshFolder()]
  expect(runProgram(words, '! hostname\nq\n').stdout).toMatch(
    /^(?:> )?\$ hostname {2}\[on node\]\nworker-1$/m,
  )
})

it('values come from a file, and --var goes before it', () => {
  const vars = join(freshFolder(), 'vars.yaml')
  writeFileSync(vars, 'NODE_NAME: from-file\nJOIN_TOKEN: hunter2\n')
  const walk = (...more: readonly string[]): string =>
    runProgram(
      ['open', writeDocument(), '--plain', '--state-dir', freshFolder(), '--vars', vars, ...more],
      'c2\nyes\nq\n',
    ).stdout
  expect(walk()).toMatch(/^on from-file$/m)
  expect(walk('--var', 'NODE_NAME=from-line')).toMatch(/^on from-line$/m)
})

it('a machine that was named wrongly is named anew, and what is no machine is refused', () => {
  const entries = [
    'place node ssh:worker-9',
    'place node ssh:worker-8',
    'T',
    'place nod ssh:x',
    'place node ???',
    'q',
  ]
  const { stdout } = runProgram(
    [
      'open',
      'mks-production#settings-of-the-kubelet',
      '--plain',
      '--target',
      'local',
      '--state-dir',
      freshFolder(),
    ],
    `${entries.join('\n')}\n`,
  )
  expect(stdout).toContain('Commands meant for node run on worker-9 (ssh:worker-9) from now on.')
  expect(stdout).toContain('  node is worker-8 (ssh:worker-8)')
  expect(stdout).toContain('No command of this runbook is meant for nod.')
  expect(stdout).toContain('"???" names no target.')
})
