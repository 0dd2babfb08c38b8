import { expect, it } from 'vitest'
import { freshFolder, runProgram } from '../kit/program.ts'

const home = (state: string, typed: string) =>
  runProgram(['--plain', '--target', 'sim', '--state-dir', state], typed)

it('lists runbooks, complaints, drills and sessions, and walks what is chosen', { timeout: 60_000 }, () => {
  const state = freshFolder()
  const { stdout } = home(state, 'nothing-like-it\nq\n')
  expect(stdout).toMatch(/^ {2}1 {2}start-here: /m)
  expect(stdout).toMatch(/Next for you: .* runtree drill start [\w-]+ --plain/)
  expect(stdout).toMatch(/^ {2}\d+ drills in all/m)
  expect(stdout).toContain('There is no "nothing-like-it" in the list.')
  expect(stdout).not.toContain('Earlier sessions')
  expect(stdout).toMatch(/What is wrong\?\n {2}w1 {2}\S/)
  expect(home(state, '2\nq\n').stdout).toMatch(/runtree [\d.]+: Kubernetes on bare metal\./)
  expect(home(state, 'w2\nq\n').stdout).toContain('Type r to run the reads')
  const [, id = ''] = /runtree resume ID --plain\n {2}(\S+) /.exec(home(state, 'q\n').stdout) ?? []
  const resumed = runProgram(['resume', id, '--plain', '--state-dir', state], 'q\n')
  expect(resumed.stdout).toContain('Type r to run the reads')
})
