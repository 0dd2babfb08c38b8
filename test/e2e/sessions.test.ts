import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import { openPlain } from '../kit/plain-program.ts'
import { freshFolder, runProgram } from '../kit/program.ts'

type Listed = {
  readonly id: string
  readonly status: string
  readonly commands: number
  readonly owner?: number
}

const listed = (state: string): readonly Listed[] =>
  JSON.parse(runProgram(['sessions', '--json', '--state-dir', state]).stdout)

const document = (): string => {
  const path = join(freshFolder(), 'look.md')
  writeFileSync(
    path,
    '# Look\n\n## Here\n\n```bash\necho here\n```\n\n- otherwise → [There](#there)\n\n## There\n\n```bash\necho there\n```\n',
  )
  return path
}
const walk = (state: string, typed: string) =>
  runProgram(['open', `${document()}#here`, '--plain', '--state-dir', state], `r\nyes\n${typed}`)

it('sessions are listed, and gone on with where they were left, also with a document from outside', () => {
  const state = freshFolder()
  walk(state, 'q\n')
  walk(state, 'n\nr\nq\n')
  const [newest, oldest] = listed(state)
  expect([newest?.commands, oldest?.commands]).toEqual([2, 1])
  const again = runProgram(['resume', '--plain', '--state-dir', state], 'q\n')
  expect(again.stdout).toMatch(/^## There/m)
  const first = runProgram(['resume', oldest?.id ?? '', '--plain', '--state-dir', state], 'n\nr\nq\n')
  expect(first.stdout).toMatch(/c1 {2}echo here .*\(exit 0\)/)
  expect(listed(state).map(({ commands }) => commands)).toEqual([2, 2])
})

it('a session that is open elsewhere is refused, and named in the list', async () => {
  const state = freshFolder()
  const other = openPlain(['open', document(), '--state-dir', state])
  onTestFinished(() => other.kill('SIGKILL'))
  await other.sees('q to leave')
  expect(listed(state)[0]?.owner).toBe(other.pid)
  const refused = runProgram(['resume', '--plain', '--state-dir', state], 'q\n')
  expect(refused.stderr).toContain(`process ${other.pid}`)
  expect(refused.status).toBe(2)
  other.kill('SIGKILL')
  await other.ended
  expect(runProgram(['resume', '--plain', '--state-dir', state], 'q\n').status).toBe(0)
  expect(listed(state)[0]?.owner).toBeUndefined()
})

it('what is not there is said', () => {
  const state = join(freshFolder(), 'none')
  expect(runProgram(['resume', '--plain', '--state-dir', state]).stderr).toContain('No session is kept yet')
  expect(runProgram(['sessions', '--state-dir', state]).stdout).toContain('No session is kept yet')
})

it('what the command line says of a session counts for one that goes on too', () => {
  const state = freshFolder()
  const path = join(freshFolder(), 'named.md')
  writeFileSync(path, '# Named\n\n```bash\necho on NODE_NAME\n```\n')
  runProgram(['open', path, '--plain', '--state-dir', state], 'q\n')
  const resume = ['resume', '--plain', '--state-dir', state]
  const named = runProgram(
    [...resume, '--var', 'NODE_NAME=worker-7', '--read-only'],
    'c1\nyes\n!touch x\nq\n',
  )
  expect(named.stdout).toMatch(/^on worker-7$/m)
  expect(named.stdout).toContain('This session is read-only')
})

it('a session is told in each format, and written for its owner alone', () => {
  const state = freshFolder()
  walk(state, 'note seen *this*\nn\nq\n')
  const report = (...more: readonly string[]) => runProgram(['report', '--state-dir', state, ...more])
  expect(report().stdout).toMatch(/^# Look: left$/m)
  expect(JSON.parse(report('--format', 'json').stdout)).toMatchObject({
    format: 1,
    runs: [{ line: 'echo here', output: ['here'], exit: 0 }],
    path: [{ title: 'Here' }, { title: 'There' }],
  })
  expect(report('--format', 'text').stdout).toContain('No known cause showed.')
  const page = join(state, 'page.html')
  expect(report('--format', 'html', '--output', page).status).toBe(0)
  expect(readFileSync(page, 'utf8')).toMatch(/^<!doctype html>[\s\S]*<\/html>\n$/)
  expect(statSync(page).mode & 0o777).toBe(0o600)
  expect(report('--format', 'pdf').stderr).toContain('md, json, html, text')
})

it('outputs beyond the limits go when a session is opened; what was concluded stays, and each says so', () => {
  const state = freshFolder()
  walk(state, 'q\n')
  const [first] = listed(state)
  vi.stubEnv('RUNTREE_SESSIONS_KEEP_BYTES', '1B')
  const second = walk(state, 'q\n')
  expect(second.stdout).toContain('Notice: The outputs of one earlier session were removed (5 B)')
  const told = 'The output of one command is no longer kept'
  const report = runProgram(['report', first?.id ?? '', '--state-dir', state])
  expect([report.status, report.stdout]).toEqual([0, expect.stringContaining(told)])
  const resumed = runProgram(['resume', first?.id ?? '', '--plain', '--state-dir', state], 'q\n')
  expect(resumed.stdout).toContain(`Notice: ${told}`)
  expect(resumed.stdout).toMatch(/c1 {2}echo here .*\(exit 0\)/)
})
