import { describe, expect, test } from 'vitest'
import { couldHang, createDiagnosis, diagnose } from '../../src/diagnosis/index.ts'
import { bundledKnowledge, knowledgeOf, observe } from './observe.ts'

const knowledge = knowledgeOf(`
causes:
  - id: wide
    title: Something fails
    layer: app
    meaning: Look.
    signs: [{says: "/failed/", broad: true}]
  - id: narrow
    title: The store fails
    layer: control-plane
    meaning: Look at the store.
    signs: [{of: "/etcd/", says: "/too old/"}]
  - id: named
    title: The agent fails
    layer: node
    meaning: Look at the agent.
    signs: [{of: "/agent/"}]
    benign: ["/as usual/"]
  - id: certain
    title: A full disk
    layer: infra
    meaning: Make room.
    patterns: ["no space left"]
    signs: [{says: "/space/"}]
`)

const seen = (command: string, ...lines: readonly string[]) =>
  observe(knowledge, { command, stdout: lines.join('\n') })

const said = (command: string, ...lines: readonly string[]) =>
  seen(command, ...lines).findings.map(({ cause, severity }) => `${cause} ${severity}`)

describe('signs', () => {
  test('are hints where no rule knows the trouble, the vague one last', () => {
    expect(said('cat x', 'request failed, member of etcd is too old')).toEqual(['narrow info', 'wide info'])
  })

  test('take their subject from the command too', () => {
    expect(said('journalctl -u etcd', 'cannot start: revision too old')).toEqual(['narrow info'])
    expect(said('journalctl -u agent', 'cannot start')).toEqual(['named info'])
  })

  test('need a line that speaks of trouble, and none that is harmless', () => {
    expect(
      said('journalctl -u agent', 'tail: agent failed', 'Unit agent.service could not be found.'),
    ).toEqual([])
    expect(said('journalctl -u agent', 'started')).toEqual([])
    expect(said('journalctl -u agent', 'failed as usual')).toEqual(['wide info'])
  })

  test('stand behind a rule, which a vague one and the cause of the rule itself add nothing to', () => {
    expect(said('cat x', 'write failed: no space left', 'etcd failed: too old')).toEqual([
      'certain error',
      'narrow info',
    ])
  })

  test('are marked where they stand', () => {
    const [finding] = seen('cat x', 'calm', '\u001b[31metcd\u001b[0m failed: too old').findings
    expect(finding).toMatchObject({ cause: 'narrow', isGuess: true, count: 1 })
    expect(finding?.evidence).toEqual([
      { line: 2, column: 14, length: 7, text: 'etcd failed: too old', rule: 'narrow/sign-1' },
    ])
  })

  test('are not looked for in a long output', () => {
    const calm = Array.from({ length: 300 }, (_, index) => `line ${index}`)
    expect(said('journalctl -u agent', ...calm, 'cannot start')).toEqual([])
  })

  test('are the same whether the output comes whole or in pieces', () => {
    const whole = seen('journalctl -u agent', 'calm', 'cannot start', 'etcd failed: too old')
    const diagnosis = createDiagnosis(knowledge)
    const output = diagnosis.begin(whole.command)
    for (const line of whole.output.lines) output.take([line])
    output.close(whole)
    expect(diagnosis.findings()).toEqual(diagnose(knowledge, whole))
  })

  test('of the bundled causes are expressions that cannot hang', () => {
    const patterns = [...bundledKnowledge().causes.values()].flatMap(({ signs = [] }) =>
      signs.flatMap(({ of, says }) => [of, says]),
    )
    const sources = patterns.flatMap(pattern => (pattern?.kind === 'regex' ? [pattern.source] : []))
    expect(sources.length).toBeGreaterThan(80)
    expect(sources.filter(couldHang)).toEqual([])
  })
})

describe('the last words of a program', () => {
  const misconfigured =
    'F1130 09:41:32.246832   15287 server.go:269] failed to run Kubelet: quantities must match the regular expression'
  const taken =
    'F1130 09:41:53.685036   15355 server.go:162] listen tcp 0.0.0.0:10250: bind: address already in use'
  const alarms = (...lines: readonly string[]) =>
    observe(bundledKnowledge(), { command: 'journalctl -u kubelet -o cat', stdout: lines.join('\n') })
      .findings.filter(({ severity }) => severity !== 'info')
      .map(({ cause }) => cause)

  test('are history once it ended for another reason', () => {
    expect(alarms(misconfigured, taken)).not.toContain('kubelet-misconfigured')
    expect(alarms(misconfigured, taken)[0]).toBe('port-in-use')
    expect(alarms(taken, misconfigured)[0]).toBe('kubelet-misconfigured')
  })

  test('stand beside those of another program', () => {
    const own = (program: string, line: string) => `Nov 30 09:41:32 w-1 ${program}[7]: ${line}`
    expect(alarms(own('kubelet', misconfigured), own('kube-proxy', taken))).toEqual(
      expect.arrayContaining(['kubelet-misconfigured', 'port-in-use']),
    )
  })
})
