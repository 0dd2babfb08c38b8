import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { plainWalk } from '../kit/plain-walk.ts'
import { freshFolder, runProgram } from '../kit/program.ts'

/** What the screens can do with a session beside going on in it. */
describe('a session as linear text', { timeout: 60_000 }, () => {
  it('prints an output again, whole or only the lines that hold a text', () => {
    const text = plainWalk('mks-node#kubelet', 'c1', 'o1 active:', 'o2', 'o9')
    expect(text).toMatch(/^(?:> )?5: +Active: inactive \(dead\)/m)
    expect(text.match(/10-kubeadm\.conf/g)).toHaveLength(1)
    expect(text).toContain('Command 2 was not run yet: c2 runs it.')
    expect(text).toContain('This step has no command 9.')
  })

  it('finds in an output what is read, through its colours, with case where the words have it', () => {
    const coloured = "c1 printf 'a \\033[31mbro\\033[0mken pipe\\n'"
    const text = plainWalk('mks-node#kubelet', coloured, 'o1 broken', 'o1 Broken')
    expect(text).toMatch(/^(?:> )?1: a broken pipe$/m)
    expect(text).toContain('No line of it holds "Broken".')
  })

  it('reaches lines that memory has let go of, by number, by text and to copy', () => {
    const typed = ['c1 seq 1 250000', 'l1 7', 'o1 4999', 'yo1']
    const text = plainWalk('mks-node#kubelet', ...typed)
    expect(text).toMatch(/^(?:> )?2: 2$[\s\S]*^12: 12$/m)
    expect(text).toMatch(/^(?:> )?4999: 4999$/m)
    expect(text).toMatch(/^(?:> )?1\n2\n3\n/m)
  })

  it('shows an output of an earlier sitting, or that it is no longer kept', () => {
    const folder = freshFolder()
    const state = ['--plain', '--state-dir', folder]
    runProgram(['open', 'mks-node#kubelet', '--target', 'sim', ...state], 'c1\nq\n')
    expect(runProgram(['resume', ...state], 'o1\nq\n').stdout).toMatch(/5: +Active: active \(running\)/)
    const [session = ''] = readdirSync(join(folder, 'sessions'))
    rmSync(join(folder, 'sessions', session, 'bodies'), { recursive: true })
    expect(runProgram(['resume', ...state], 'o1\nq\n').stdout).toMatch(
      /It printed \d+ lines, no longer kept\. c1 runs it again\./,
    )
  })

  it('lists steps with what was visited, and findings with the step that deals with them', () => {
    const text = plainWalk('mks-node#kubelet', 'r', ']', 'm', 'f')
    expect(text).toMatch(/Kubelet {2}\(#kubelet\) {2}\[visited, something was found\]/)
    expect(text).toMatch(/\(#[\w-]+\) {2}\[you are here\]/)
    expect(text).toMatch(/The kubelet does not run[\s\S]*to go on from it: g [\w-]+#[\w-]+/)
  })

  it('lists nothing for a step whose newest output shows that all is well again', () => {
    const text = plainWalk('mks-node#kubelet', 'c1', 'c1 printf fine', 'm')
    expect(text).toMatch(/Kubelet {2}\(#kubelet\) {2}\[you are here\]/)
  })

  it('goes to a step of another runbook, by its words or by its full name', () => {
    expect(plainWalk('mks-node#kubelet', 'g etcd has no space')).toContain('## etcd has no space')
    expect(plainWalk('mks-node#kubelet', 'g bare-metal#etcd-backup')).toContain('## etcd backup')
    expect(plainWalk('mks-node#kubelet', 'g bare-metal#no-such-step')).toContain('No step fits')
  })

  it('lists placeholders and their values, and where commands run', () => {
    const text = plainWalk('mks-node#crashing-containers', 'v', 'v CONTAINER_ID=abc123', 'v', 'T')
    expect(text).toContain('type: v CONTAINER_ID=VALUE')
    expect(text).toContain('CONTAINER_ID = abc123')
    expect(text).toContain('Commands run on the simulated cluster mks (sim:kubelet-stopped).')
  })

  it('says why something cannot be done', () => {
    const text = plainWalk(
      'mks-node#crashing-containers',
      'n',
      'u',
      '.',
      '99',
      'v CONTAINERID=1',
      'g zzzz',
      'zz',
    )
    expect(text).toContain('The outputs so far recommend no branch.')
    expect(text).toContain('There is no step to go back to.')
    expect(text).toContain('There is no step to go forward to.')
    expect(text).toContain('This step has no branch 99.')
    expect(text).toContain('called CONTAINERID. Did you mean CONTAINER_ID?')
    expect(text).toContain('No step fits "zzzz".')
    expect(text).toContain('"zz" means nothing here. Type ? for help.')
  })

  it('tells what happened, and shows and saves the report', () => {
    const path = join(freshFolder(), 'report.md')
    const text = plainWalk('mks-node#kubelet', 'c1', 'note seen at night', 'j', 'p', `p ${path}`, `p ${path}`)
    expect(text).toMatch(/\$ systemctl status kubelet[\s\S]*Note: seen at night/)
    expect(text).toMatch(/^(?:> )?# MKS node runbook/m)
    expect(text).toContain(`Saved to ${path}.`)
    expect(text).toContain('there is a file of that name already')
    expect(existsSync(path) && readFileSync(path, 'utf8')).toContain('seen at night')
  })
})
