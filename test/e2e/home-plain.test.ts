import { describe, expect, it } from 'vitest'
import { freshFolder, runProgram } from '../kit/program.ts'

const home = (state: string, ...typed: readonly string[]) =>
  runProgram(['--plain', '--target', 'sim', '--state-dir', state], `${typed.join('\n')}\n`)

describe('the home screen as linear text', { timeout: 60_000 }, () => {
  it('lists the first of each section and how all are come by', () => {
    const { stdout } = home(freshFolder(), 'nothing-like-it', 'd', 'q')
    expect(stdout).toMatch(/What is wrong\?\n {2}w1 {2}\S/)
    expect(stdout).toMatch(/^ {2}w9 .*\n +and \d+ more complaints: w lists them all$/m)
    expect(stdout).toMatch(/^ {2}d5 .*\n +and \d+ more drills: d lists them all$/m)
    expect(stdout).toMatch(/^ {2}1 {3}start-here: /m)
    expect(stdout).toMatch(/^ {2}d1 {2}.*next for you, level 1/m)
    expect(stdout).toContain('There is no "nothing-like-it" in the list. Type ? for help.')
    expect(stdout).toContain('None yet. A triage that you leave waits here for you.')
    expect(stdout).toMatch(/^ {2}d60 \S/m)
  })

  it('goes on in a runbook, in a complaint, and later in that session', () => {
    const state = freshFolder()
    expect(home(state, '2', 'q').stdout).toMatch(/runtree [\d.]+: Kubernetes on bare metal\./)
    expect(home(state, 'w2', ']', 'q').stdout).toContain('Type r to run the reads')
    const resumed = home(state, 's1', 'q').stdout
    expect(resumed).toMatch(/^ {2}s2 {2}.*Kubernetes on bare metal, sim, left/m)
    expect(resumed).toContain('Type r to run the reads')
  })

  it('begins the drill that is chosen and reads on where it was typed', () => {
    const { stdout, status } = home(freshFolder(), 'kubelet-stopped', 'hostname', 'give-up')
    expect(stdout).toContain('A node that no longer reports')
    expect(stdout).toMatch(/^workstation$/m)
    expect(status).toBe(1)
  })

  it('searches everything and begins with a hit by its number', () => {
    const { stdout } = home(freshFolder(), '/ etcd space', 'f1', 'q')
    expect(stdout).toMatch(/ f1 {2}etcd has no space/)
    expect(stdout).toContain('Type r to run the reads')
    expect(home(freshFolder(), '/ does not answer', 'q').stdout).toMatch(
      / f\d+ +kubectl does not answer \(complaint, Start here\)/,
    )
    expect(home(freshFolder(), '/ xyzzy-plugh', 'q').stdout).toContain('Nothing holds "xyzzy-plugh".')
  })

  it('knows the words of a session that count here too, and says how many more a search found', () => {
    const { stdout } = home(freshFolder(), 'T', 'keys', 'h', '/ pod', 'exit', 'never-read')
    expect(stdout).toMatch(/^ {2}sim:gravity {2}\S/m)
    expect(stdout).toContain('m: Map of the chosen runbook. Here: m 1')
    expect(stdout).toMatch(/^ {2}keys {11}\S/m)
    expect(stdout).toMatch(/^ {2}f20 .*\n {2}and \d+ more: more words find fewer$/m)
    expect(stdout).not.toContain('never-read')
  })

  it('chooses another target for the next session', () => {
    const { stdout } = home(freshFolder(), 'target', 'target nowhere', 'target sim:k3s', '1', 'q')
    expect(stdout).toMatch(/^ {2}sim:gravity {2}\S/m)
    expect(stdout).toContain('This version cannot reach the target "nowhere".')
    expect(stdout).toMatch(/Start here\. Target sim:k3s/)
  })

  it('asks again when a session or a drill is left, with what came of it in the list', () => {
    const typed = ['2', 'q', 's', '1', 'q', 'kubelet-stopped', 'give-up', 'list', 'q', 'never-read']
    const { stdout, status } = home(freshFolder(), ...typed)
    expect(stdout.match(/Back at the list of what can be done/g)).toHaveLength(3)
    expect(stdout).toMatch(/^(?:> )? *s1 {2}.*Kubernetes on bare metal, sim, left/m)
    expect(stdout).toMatch(/Start here\. Target sim/)
    expect(stdout.match(/^ {2}w1 {2}\S/gm)).toHaveLength(2)
    expect(stdout).not.toContain('never-read')
    expect(status).toBe(1)
  })

  it('lists the steps of a runbook before it is opened', () => {
    const { stdout } = home(freshFolder(), 'm 2', 'm nowhere', 'q')
    expect(stdout).toMatch(/^ *etcd has no space {2}\(#[\w-]+\)$/m)
    expect(stdout).toContain('There is no runbook "nowhere" in the list.')
  })
})
