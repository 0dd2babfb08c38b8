import { describe, expect, it } from 'vitest'
import type { Condition } from '../../src/base/index.ts'
import { evaluateBranches } from '../../src/diagnosis/index.ts'
import { knowledgeOf, observe } from './observe.ts'

const knowledge = knowledgeOf(`
causes:
  - id: kubelet-unknown
    title: There is no kubelet
    layer: node
    meaning: systemd has no such unit.
    conditions: [{when: '!units.exists(u, u.name == "kubelet.service")', says: "no kubelet"}]
`)

const modules = `br_netfilter           36864  0
bridge                389120  1 br_netfilter
`
const units = `  UNIT               LOAD   ACTIVE SUB     DESCRIPTION
  containerd.service loaded active running containerd container runtime
`

const verdictOf = (command: string, stdout: string, expression: string) => {
  const condition: Condition = { kind: 'fact', expression }
  const results = [observe(knowledge, { command, stdout })]
  return evaluateBranches(knowledge, { conditions: [condition], results }).verdicts[0]?.status
}

describe('what a filtered listing does not show', () => {
  it.each([
    ['lsmod | grep br_netfilter', '!kernelModules.exists(m, m.name == "ip_vs")', 'unknown'],
    ['lsmod', '!kernelModules.exists(m, m.name == "ip_vs")', 'holds'],
    ['lsmod | sort | less', '!kernelModules.exists(m, m.name == "ip_vs")', 'holds'],
    ['lsmod | grep -E "ip_vs|br_netfilter"', '!kernelModules.exists(m, m.name == "ip_vs")', 'holds'],
    ['lsmod | grep -v nf_', '!kernelModules.exists(m, m.name == "ip_vs")', 'holds'],
    ['lsmod | grep -v ip', '!kernelModules.exists(m, m.name == "ip_vs")', 'unknown'],
    ['lsmod | head -3', '!kernelModules.exists(m, m.name == "ip_vs")', 'unknown'],
    ['lsmod | tail -n +2', '!kernelModules.exists(m, m.name == "ip_vs")', 'holds'],
    ['lsmod | grep br; lsmod | grep ip_vs', '!kernelModules.exists(m, m.name == "ip_vs")', 'holds'],
    ['lsmod | grep br; uname -a | grep ip_vs', '!kernelModules.exists(m, m.name == "ip_vs")', 'unknown'],
    ['lsmod | grep br_netfilter', '!kernelModules.exists(m, m.name == "br_netfilter")', 'fails'],
    ['lsmod | grep br', '!kernelModules.exists(m, m.name == "bro" && m.users > 0)', 'holds'],
    ['lsmod | grep br', '!kernelModules.exists(m, m.name in ["bro", "ip_vs"])', 'holds'],
    ['lsmod | grep br', '!kernelModules.exists(m, m.name == "bro" || m.name == "ip_vs")', 'unknown'],
    ['lsmod | grep br', 'size(kernelModules.filter(m, m.name == "ip_vs")) == 0', 'unknown'],
    ['lsmod | grep br', 'kernelModules.exists(m, m.name == "bridge")', 'holds'],
    ['ssh node-1 "lsmod | grep br"', '!kernelModules.exists(m, m.name == "ip_vs")', 'unknown'],
  ])('after %s: %s %s', (command, expression, status) => {
    expect(verdictOf(command, modules, expression)).toBe(status)
  })

  it('makes no cause, whose condition asks for it', () => {
    const found = (command: string) => observe(knowledge, { command, stdout: units }).findings.length
    expect(found('systemctl list-units')).toBe(1)
    expect(found('systemctl list-units | grep containerd')).toBe(0)
    expect(found('systemctl list-units | grep -E "kubelet|containerd"')).toBe(1)
  })
})
