import { describe, expect, test } from 'vitest'
import { diagnose } from '../../src/diagnosis/index.ts'
import { knowledgeOf, observe } from './observe.ts'

const knowledge = knowledgeOf(`
causes:
  - id: refused
    title: Nothing listens
    layer: node
    generic: true
    meaning: The port is closed.
    patterns: ["connection refused"]
  - id: expired
    title: A certificate ended
    layer: control-plane
    meaning: Renew it.
    patterns:
      - {match: "/certificate has expired/", rule: expired-text}
    benign: ["/is before/"]
    explains: [refused, stopped]
    next: [node-runbook#certificates]
  - id: stopped
    title: The service stopped
    layer: node
    meaning: Start it.
    conditions:
      - {each: units, when: it.active == "failed", says: "{name} is {active}"}
  - id: full
    title: No room
    layer: infra
    meaning: Free space.
    patterns: [{match: no space left on device, severity: warning}]
    conditions:
      - {each: filesystems, when: it.usePercent > 90, says: "{mount} is {usePercent} % full"}
  - id: only-in-kernel
    title: From the kernel alone
    layer: infra
    meaning: The kernel says so.
    patterns: [{match: "table full", sources: [dmesg, journalctl]}]
  - id: link-lost
    title: The link was lost
    layer: orchestration
    meaning: Wait.
    patterns: ["cannot connect"]
    recovered: ["connected again"]
  - id: outdated
    title: A certificate is outdated
    layer: control-plane
    meaning: Renew it.
    conditions: [{each: certificates, when: it.notAfter < now, says: "{name} ended"}]
  - id: hint
    title: A hint
    layer: app
    meaning: Perhaps.
    patterns: [{match: "deprecated", severity: info}]
`)

const found = (command: string, stdout: string) => observe(knowledge, { command, stdout }).findings

describe('sources', () => {
  const words = knowledgeOf(`
causes:
  - id: kubelet-gone
    title: The kubelet is gone
    layer: node
    meaning: Start it.
    patterns: [{match: "error dialing backend", sources: [kubectl]}]
  - id: log-says-so
    title: A log says so
    layer: node
    meaning: Read it.
    patterns: [{match: "error dialing backend", sources: [log, files]}]
`)
  const causesOf = (command: string): readonly string[] =>
    observe(words, { command, stdout: 'Error from server: error dialing backend' }).findings.map(
      ({ cause }) => cause,
    )

  test('what carries a command into a pod may fail itself', () => {
    expect(causesOf('kubectl exec -n shop web -- ls /')).toEqual(['kubelet-gone'])
    expect(causesOf('sudo k3s kubectl -n shop exec -it web -- etcdctl get logs')).toEqual(['kubelet-gone'])
    expect(causesOf('kubectl exec web -- cat /var/log/app.log | tail -3')).toEqual([
      'kubelet-gone',
      'log-says-so',
    ])
    expect(causesOf('ls /exec')).toEqual([])
  })

  test('another name of a program counts as the usual one', () => {
    expect(causesOf('oc get nodes')).toEqual(['kubelet-gone', 'log-says-so'])
    expect(causesOf('sudo k -n shop exec web -- ls /')).toEqual(['kubelet-gone'])
    expect(causesOf('k')).toEqual(['kubelet-gone'])
  })

  test('a file below /var/log shows what a runtime or the journal would', () => {
    const kept = knowledgeOf(`
causes:
  - id: container-says-so
    title: A container says so
    layer: node
    meaning: Read it.
    patterns: [{match: "error dialing backend", sources: [crictl logs]}]
  - id: journal-says-so
    title: The journal says so
    layer: node
    meaning: Read it.
    patterns: [{match: "error dialing backend", sources: [journalctl]}]
`)
    const said = (command: string) =>
      observe(kept, { command, stdout: 'error dialing backend' }).findings.map(({ cause }) => cause)
    expect(said('tail -n 50 /var/log/containers/web.log')).toEqual(['container-says-so'])
    expect(said('sudo grep error /var/log/messages')).toEqual(['journal-says-so'])
    expect(said('cat /tmp/web.log')).toEqual([])
  })
})

describe('findings', () => {
  test('say where the evidence stands, columns counted without colour codes', () => {
    const [finding] = found('journalctl', 'all fine\n\u001b[31mx509:\u001b[0m certificate has expired\n')
    expect(finding).toMatchObject({ cause: 'expired', layer: 'control-plane', severity: 'error', count: 1 })
    expect(finding?.evidence).toEqual([
      { line: 2, column: 7, length: 23, text: 'x509: certificate has expired', rule: 'expired/expired-text' },
    ])
    expect(finding?.next).toEqual([{ runbook: 'node-runbook', step: 'certificates' }])
  })

  test('quote a long line as far as the hit', () => {
    const [finding] = found('journalctl', `${'x'.repeat(900)} certificate has expired ${'y'.repeat(900)}\n`)
    const [evidence] = finding?.evidence ?? []
    const start = (evidence?.column ?? 1) - 1
    expect(evidence?.text.slice(start, start + (evidence.length ?? 0))).toBe('certificate has expired')
    expect(evidence?.text.length).toBeLessThan(1000)
  })

  test('put a cause before what it brings about, and name it there', () => {
    const log =
      'dial tcp: connection refused\nconnection refused\nconnection refused\nx: certificate has expired\n'
    expect(found('journalctl', log).map(f => [f.cause, f.consequenceOf])).toEqual([
      ['expired', undefined],
      ['refused', 'expired'],
    ])
  })

  test('put what comes again and again before what came once, and what goes on before what stopped', () => {
    const quiet = 'all fine\n'
    const once = `table full\n${'cannot connect\n'.repeat(3)}`
    expect(found('journalctl', once).map(f => f.cause)).toEqual(['link-lost', 'only-in-kernel'])
    const stopped = `${'table full\n'.repeat(9)}${quiet.repeat(80)}${'cannot connect\n'.repeat(4)}`
    expect(found('journalctl', stopped).map(f => f.cause)).toEqual(['link-lost', 'only-in-kernel'])
    const both = `${'table full\n'.repeat(9)}${'cannot connect\n'.repeat(4)}`
    expect(found('journalctl', both).map(f => f.cause)).toEqual(['only-in-kernel', 'link-lost'])
  })

  test('pass over look-alikes', () => {
    expect(found('journalctl', 'certificate has expired or is not yet valid: now is before then\n')).toEqual(
      [],
    )
  })

  test('put errors before warnings, and a fact before a line', () => {
    const df = 'Filesystem Size Used Avail Use% Mounted on\n/dev/a 10G 9.9G 0.1G 99% /var\n'
    const findings = found('df -h', `${df}write: no space left on device\nconnection refused\n`)
    expect(findings.map(f => f.cause)).toEqual(['full', 'refused'])
    expect(findings[0]).toMatchObject({ severity: 'error', count: 2 })
    expect(findings[0]?.evidence.map(e => [e.line, e.text])).toEqual([
      [2, '/var is 99 % full'],
      [3, 'write: no space left on device'],
    ])
  })

  test('count every line and keep twenty of them', () => {
    const log = 'connection refused\n'.repeat(300)
    const [finding] = found('journalctl', log)
    expect(finding?.count).toBe(300)
    expect(finding?.evidence).toHaveLength(20)
  })

  test('come only from sources that a pattern names, or from output whose source cannot be told', () => {
    expect(found('dmesg -T | tail', 'table full\n').map(f => f.cause)).toEqual(['only-in-kernel'])
    expect(found('sudo timeout 5 journalctl -k', 'table full\n')).toHaveLength(1)
    expect(found('cat notes.txt', 'table full\n')).toEqual([])
    expect(found('', 'table full\n')).toHaveLength(1)
    expect(found("dmesg | awk '{print}'", 'table full\n')).toHaveLength(1)
  })

  test('may be hints, which stand last', () => {
    expect(found('journalctl', 'deprecated\nconnection refused\n').map(f => [f.cause, f.severity])).toEqual([
      ['refused', 'error'],
      ['hint', 'info'],
    ])
  })

  test('are only hints where a later line says that the trouble is over', () => {
    const over = 'cannot connect\ncannot connect\nconnected again\n'
    expect(found('journalctl', over).map(f => [f.cause, f.severity])).toEqual([['link-lost', 'info']])
    expect(found('journalctl', `${over}cannot connect\n`)[0]?.severity).toBe('error')
  })

  test('compare dates with the time at which the command ran, where that is known', () => {
    const certificate = {
      facts: { certificates: [{ name: 'server.crt', notAfter: '2025-07-01T00:00:00Z' }] },
    }
    const result = { ...observe(knowledge, { command: 'x' }), ...certificate }
    const causesAt = (at: string) => diagnose(knowledge, { ...result, at }).map(f => f.cause)
    expect(causesAt('2026-01-01T00:00:00.000Z')).toEqual(['outdated'])
    expect(causesAt('2025-01-01T00:00:00.000Z')).toEqual([])
    expect(diagnose(knowledge, result)).toEqual([])
  })

  test('read lines of the error stream too', () => {
    const { findings } = observe(knowledge, {
      command: 'curl -k https://x',
      stdout: 'a\n',
      stderr: 'connection refused\n',
    })
    expect(findings[0]?.evidence[0]).toMatchObject({ line: 2, column: 1, length: 18 })
  })

  test('scan an over-long line as far as its bound', () => {
    expect(found('journalctl', `${'x'.repeat(4000)}connection refused`)).toHaveLength(1)
    expect(found('journalctl', `${'x'.repeat(5000)}connection refused`)).toEqual([])
  })

  test('stand where the condition was read from: on a line, a row or a setting', () => {
    const placed = knowledgeOf(`
causes:
  - id: by-line
    title: By a line
    layer: node
    meaning: It is said.
    conditions: [{when: 'command.contains("cat") && lines.exists(l, l.contains("odd")) && !lines.exists(l, l == "fine")', says: "it is odd"}]
  - id: by-row
    title: By a row
    layer: node
    meaning: It is full.
    conditions: [{when: 'filesystems.exists(f, f.usePercent > 90)', says: "one is full"}]
  - id: by-setting
    title: By a setting
    layer: node
    meaning: It is off.
    conditions: [{when: '"net.ipv4.ip_forward" in sysctl && sysctl["net.ipv4.ip_forward"] == 0', says: "it is off"}]
`)
    const placesIn = (command: string, stdout: string) =>
      observe(placed, { command, stdout }).findings.map(({ evidence }) => evidence[0]?.line)
    expect(placesIn('cat notes', 'a\nodd\nb odd\nc\n')).toEqual([3])
    expect(
      placesIn(
        'df',
        'Filesystem 1K-blocks Used Available Use% Mounted on\n/dev/a 9 9 0 40% /\n/dev/b 9 9 0 99% /v\n',
      ),
    ).toEqual([3])
    expect(placesIn('sysctl -a', 'abi.vsyscall32 = 1\nnet.ipv4.ip_forward = 0\n')).toEqual([2])
  })

  test('keep the numbers of lines of which only the newest were kept', () => {
    const result = observe(knowledge, {
      command: 'df -h',
      stdout: 'Filesystem Size Used Avail Use% Mounted on\n/dev/a 10G 9.9G 0.1G 99% /var\n',
    })
    const lines = result.output.lines.map(line => ({ ...line, number: line.number + 1000 }))
    const [finding] = diagnose(knowledge, { ...result, output: { ...result.output, firstLine: 1001, lines } })
    expect(finding?.evidence[0]).toMatchObject({ line: 1002 })
  })
})
