import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseCauses } from '../../src/diagnosis/index.ts'
import { knowledgeOf, observe, type Ran } from './observe.ts'

const good = `causes:
  - id: disk-full
    title: A filesystem is full
    layer: infra
    meaning: No room is left.
`

const faults = (text: string) =>
  parseCauses({ name: 'causes.yaml', text }).diagnostics.map(d => [
    d.code,
    d.span.start.line,
    d.span.start.column,
  ])

describe('a causes file', () => {
  test('gives causes with rules named after them', () => {
    const { causes, diagnostics } = parseCauses({
      name: 'causes.yaml',
      text: `${good}    patterns: ["no space", {match: "/ENOSPC/i", sources: [log], severity: warning, rule: enospc}]
    conditions: [{each: filesystems, when: it.usePercent > 90, says: "{mount}"}]
    benign: ["/inotify/"]
    explains: [etcd-down]
    next: [mks-node#disk]
`,
    })
    expect(diagnostics).toEqual([])
    expect(causes).toEqual([
      {
        id: 'disk-full',
        title: 'A filesystem is full',
        layer: 'infra',
        meaning: 'No room is left.',
        patterns: [
          {
            rule: 'disk-full/pattern-1',
            pattern: { kind: 'literal', text: 'no space' },
            sources: [],
            severity: 'error',
          },
          {
            rule: 'disk-full/enospc',
            pattern: { kind: 'regex', source: 'ENOSPC', flags: 'i' },
            sources: ['log'],
            severity: 'warning',
          },
        ],
        conditions: [
          {
            rule: 'disk-full/condition-1',
            each: 'filesystems',
            when: 'it.usePercent > 90',
            says: '{mount}',
            severity: 'error',
          },
        ],
        benign: [{ kind: 'regex', source: 'inotify', flags: '' }],
        explains: ['etcd-down'],
        next: [{ runbook: 'mks-node', step: 'disk' }],
      },
    ])
  })

  test.each([
    ['not YAML', 'causes: [', [['E_CAUSES_YAML', 1, 10]]],
    ['no list', 'a: 1', [['E_CAUSES_SHAPE', 1, 1]]],
    ['a layer that does not exist', good.replace('infra', 'cloud'), [['E_CAUSES_SHAPE', 4, 12]]],
    [
      'a field that is missing',
      good.replace('    title: A filesystem is full\n', ''),
      [['E_CAUSES_SHAPE', 2, 5]],
    ],
    ['a field that is not known', `${good}    colour: red\n`, [['E_CAUSES_SHAPE', 6, 13]]],
    ['lookahead', `${good}    patterns: ["/a(?=b)/"]\n`, [['E_CAUSES_PATTERN', 6, 16]]],
    ['a backreference', `${good}    patterns: ["/(a)\\\\1/"]\n`, [['E_CAUSES_PATTERN', 6, 16]]],
    [
      'a regular expression that does not parse',
      `${good}    benign: ["/(/"]\n`,
      [['E_CAUSES_PATTERN', 6, 14]],
    ],
    [
      'an expression that does not parse',
      `${good}    conditions:\n      - {when: "cpus >", says: x}\n`,
      [['E_CAUSES_CONDITION', 7, 9]],
    ],
    [
      'a fact that does not exist',
      `${good}    conditions: [{when: cpuz > 1, says: x}]\n`,
      [['E_CAUSES_CONDITION', 6, 18]],
    ],
    ['a link without a step', `${good}    next: [mks-node]\n`, [['E_CAUSES_SHAPE', 6, 12]]],
  ])('%s is reported at its place, and the cause left out', (_, text, expected) => {
    expect(faults(text)).toEqual(expected)
    expect(parseCauses({ name: 'x', text }).causes).toEqual([])
  })

  test.each([
    [
      'kubectl logs -n kube-system kube-scheduler-cp-1',
      'F0611 08:00:06.1       1 server.go:264] leaderelection lost',
    ],
    ['journalctl -u kube-scheduler -o cat', 'panic: runtime error: index out of range'],
    ['crictl logs kube-scheduler', 'E0611 08:00:06.1       1 run.go:74] "command failed" err="unknown flag"'],
    [
      'tail /var/log/containers/kube-scheduler-cp-1.log',
      '2024-01-18T21:11:04.118204172Z stderr F F0611 08:00:06.1  1 a.go:1] x',
    ],
    ['journalctl -u kube-scheduler', 'Jan 11 19:02:41 a kube-scheduler[21]: Error: no such file'],
    ['kube-scheduler --config x', '{"level":"fatal","ts":"2024-01-18T21:11:04Z","msg":"x"}'],
  ])('a program named in a cause is seen to end with an error by %s', (command, line) => {
    const knowledge = knowledgeOf(good.replace('layer', 'program: kube-scheduler\n    layer'))
    const found = (ran: Ran) => observe(knowledge, ran).findings.map(finding => finding.evidence[0]?.rule)
    expect(found({ command, stdout: line })).toEqual(['disk-full/ends-with-an-error'])
    expect(found({ command: 'journalctl -u kubelet -o cat', stdout: line })).toEqual([])
    expect(found({ command: 'kube-schedulerctl health', stdout: line })).toEqual([])
    expect(found({ command: 'kubectl logs apiserver | grep kube-scheduler', stdout: line })).toEqual([])
    const again =
      'I0611 08:00:21.5       1 leaderelection.go:258] successfully acquired lease kube-system/kube-scheduler'
    expect(found({ command, stdout: `${line}\n${again}` })).toEqual([])
    expect(found({ command, stdout: `${again}\n${line}` })).toEqual(['disk-full/ends-with-an-error'])
    expect(found({ command, stdout: line.replace(/F0|panic|command failed|fatal|Error/g, 'I0') })).toEqual([])
  })

  test.each([
    'Nov 23 12:46:39 a kernel: [ 33.4] init: kube-scheduler main process ended, respawning',
    'Nov 23 12:46:39 a kernel: [ 33.4] init: kube-scheduler main process (5287) terminated with status 255',
    '2021-06-14 03:12:08,402 INFO exited: kube-scheduler (exit status 255; not expected)',
    '2021-06-14 03:12:20,402 INFO gave up: kube-scheduler entered FATAL state, too many start retries too quickly',
    'kube-scheduler                   BACKOFF   Exited too quickly (process log may have details)',
  ])('a program named in a cause is seen to end by what supervises it: %s', line => {
    const knowledge = knowledgeOf(good.replace('layer', 'program: kube-scheduler\n    layer'))
    const found = (stdout: string) =>
      observe(knowledge, { command: 'tail x.log', stdout }).findings.map(finding => finding.evidence[0]?.rule)
    expect(found(line)).toEqual(['disk-full/ends-under-its-supervisor'])
    expect(
      found(`${line}\n2021-06-14 03:12:19 INFO success: kube-scheduler entered RUNNING state, up`),
    ).toEqual([])
    expect(found(line.replace('kube-scheduler', 'kube-scheduler-extender'))).toEqual([])
  })

  test('one wrong cause does not take the others with it', () => {
    const { causes, diagnostics } = parseCauses({ name: 'x', text: `${good}  - id: Wrong\n` })
    expect(causes.map(cause => cause.id)).toEqual(['disk-full'])
    expect(diagnostics.length).toBeGreaterThan(0)
  })

  test('any text is answered without an exception', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), text => void parseCauses({ name: 'x', text })))
  })
})
