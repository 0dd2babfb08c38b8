import { describe, expect, it } from 'vitest'
import { plainWalk } from '../kit/plain-walk.ts'

describe('what the screens do with an output, as linear text', { timeout: 60_000 }, () => {
  it('goes from marked line to marked line, with the meaning and the step that goes on from it', () => {
    const text = plainWalk('mks-node#kubelet', 'e', 'r', 'e', 'E', 'W')
    expect(text).toContain('The outputs of this step have no marked line. r runs its reads.')
    expect(text).toMatch(
      /^(?:> )?Line 5 of \[systemctl status kubelet\]: Active: inactive .*\n {2}ERROR: The kubelet does not run: .*\n {2}to go on from it: g mks-node#[\w-]+ {2}\S/m,
    )
    expect(text).toMatch(/^ {2}1 of \d+ marked lines?$/m)
    expect(text).toContain('The outputs of this step have no warning.')
  })

  it('prints a line of an output with those around it', () => {
    const text = plainWalk('mks-node#kubelet', 'l1 5', 'c1', 'l1 5', 'l1 500')
    expect(text).toContain('Command 1 was not run yet: c1 runs it.')
    expect(text).toMatch(/^4: .*\n5: +Active: .*\n6: /m)
    expect(text).not.toMatch(/^11: /m)
    expect(text).toContain('No line 500 is kept of it. o1 prints what is.')
  })

  it('prints by itself what is to be copied', () => {
    const text = plainWalk('mks-node#kubelet', 'c1', 'yc1', 'yo1', 'ys', 'yp', 'yo2', 'yc9')
    expect(text).toMatch(/^(?:> )?systemctl status kubelet$/m)
    expect(text).toMatch(/^ +Active: inactive/m)
    expect(text).toMatch(/^(?:> )?## Kubelet {2}\(#kubelet\)$[\s\S]*^# MKS node runbook/m)
    expect(text).toContain('Command 2 was not run yet: c2 runs it.')
    expect(text).toContain('This step has no command 9.')
    expect(text).not.toContain('\u001b')
  })

  it('puts the time before lines as they come', () => {
    const text = plainWalk('mks-node#kubelet', 'times', 'c1', 'times', "c1 printf 'no time\\n'")
    expect(text).toMatch(/^\[\d\d:\d\d:\d\d\] +Active: inactive/m)
    expect(text).toMatch(/^no time$/m)
  })

  it('searches steps, commands and causes, and says how each is gone to', () => {
    const text = plainWalk('mks-node#kubelet', '/ etcd space', '/ xyzzy-plugh', 'keys')
    expect(text).toMatch(/^(?:> )? {2}g [\w-]+#[\w-]+ {2}etcd has no space \(step, /m)
    expect(text).toMatch(/\(etcd-nospace\) \(cause, /)
    expect(text).toContain('Nothing holds "xyzzy-plugh".')
    expect(text).toContain('e: Next marked line. Here: e  E')
  })

  it('says of what was asked for and refused that it was not run', () => {
    const text = plainWalk('mks-node#start-the-kubelet', 'c1', 'no', 'c1', 'run')
    expect(text).toMatch(/anything else refuses\.\n(?:> )?It was not run\./)
    expect(text).toMatch(/\$ sudo systemctl restart kubelet/)
    expect(text.match(/It was not run/g)).toHaveLength(1)
  })
})
