import { describe, expect, test } from 'vitest'
import type { Condition } from '../../src/base/index.ts'
import { evaluateBranches, parsePattern } from '../../src/diagnosis/index.ts'
import { knowledgeOf, observe, type Ran } from './observe.ts'

const knowledge = knowledgeOf(`
causes:
  - id: disk-full
    title: A filesystem is full
    layer: infra
    meaning: No room is left.
    patterns: ["no space left on device"]
    conditions:
      - {each: filesystems, when: it.usePercent >= 90, says: "{mount} is {usePercent} % full"}
  - id: kubelet-down
    title: The kubelet is down
    layer: node
    meaning: The kubelet does not run.
    conditions:
      - {each: units, when: it.name == "kubelet.service" && it.active == "failed", says: "{name} is {active}"}
  - id: cpu-saturated
    title: Too much work
    layer: infra
    meaning: More work than processors.
    conditions: [{when: load.one > cpus * 2, says: "the load is {load.one} on {cpus} processors"}]
  - id: proxy-misconfigured
    title: The proxy is wrong
    layer: orchestration
    meaning: The proxy does not answer.
    conditions: [{when: 'lines.exists(l, l.contains("proxy"))', says: "the proxy fails"}]
  - id: coredns-loop
    title: CoreDNS asks itself
    layer: kubernetes
    meaning: It forwards to itself.
    patterns: [{match: "/Loop .* detected/", sources: [log]}]
`)

const dfFull = `Filesystem      Size  Used Avail Use% Mounted on
/dev/sda1        50G   20G   30G  40% /
/dev/sdb1       100G   97G    3G  97% /var
`
const dfFine = dfFull.replace('97%', '57%')

const cause = (id: string): Condition => ({ kind: 'cause', id })
const fact = (expression: string): Condition => ({ kind: 'fact', expression })
const text = (pattern: string): Condition => ({ kind: 'text', pattern: parsePattern(pattern) })
const otherwise: Condition = { kind: 'otherwise' }
const choice: Condition = { kind: 'choice' }

const judge = (conditions: readonly Condition[], ...ran: readonly Ran[]) =>
  evaluateBranches(knowledge, { conditions, results: ran.map(one => observe(knowledge, one)) })

const statuses = (conditions: readonly Condition[], ...ran: readonly Ran[]) =>
  judge(conditions, ...ran).verdicts.map(verdict => verdict.status)

describe('a branch that names a cause', () => {
  test('holds with the finding as its reason, and is recommended', () => {
    const judgement = judge([cause('disk-full'), otherwise], { command: 'df -h', stdout: dfFull })
    expect(judgement.recommended).toBe(0)
    expect(judgement.verdicts[0]).toMatchObject({ status: 'holds', because: '/var is 97 % full' })
    expect(judgement.verdicts[0]?.evidence[0]).toMatchObject({ line: 3, rule: 'disk-full/condition-1' })
    expect(judgement.verdicts[1]?.status).toBe('fails')
  })

  test('fails when the facts were collected and show nothing', () => {
    const judgement = judge([cause('disk-full'), otherwise], { command: 'df -h', stdout: dfFine })
    expect(judgement.verdicts.map(v => v.status)).toEqual(['fails', 'holds'])
    expect(judgement.recommended).toBe(1)
  })

  test('is unknown when the program is missing, and otherwise is not taken then', () => {
    const missing: Ran = {
      command: 'df -h',
      stderr: 'bash: df: command not found',
      outcome: { kind: 'exited', code: 127 },
    }
    expect(statuses([cause('disk-full'), otherwise], missing)).toEqual(['unknown', 'unknown'])
    expect(judge([cause('disk-full'), otherwise], missing).recommended).toBeUndefined()
  })

  test('is unknown when only another kind of output was collected', () => {
    expect(
      statuses([cause('disk-full')], { command: 'free -h', stdout: 'Mem: 1Gi 1Gi 1Gi 1Gi 1Gi 1Gi\n' }),
    ).toEqual(['unknown'])
  })

  test('fails on logs that came without the pattern, and is unknown on no log', () => {
    expect(statuses([cause('coredns-loop')], { command: 'kubectl logs x', stdout: 'all fine\n' })).toEqual([
      'fails',
    ])
    expect(statuses([cause('coredns-loop')], { command: 'uptime', stdout: 'x\n' })).toEqual(['unknown'])
  })

  test('holds on what several commands show together', () => {
    const load = {
      command: 'uptime',
      stdout: ' 10:00:00 up 1 day,  2:03,  1 user,  load average: 9.00, 8.50, 7.00\n',
    }
    const cpus = { command: 'nproc', stdout: '4\n' }
    expect(judge([cause('cpu-saturated')], load, cpus).verdicts[0]).toMatchObject({
      status: 'holds',
      because: 'the load is 9 on 4 processors',
    })
    expect(statuses([cause('cpu-saturated')], load)).toEqual(['unknown'])
    expect(statuses([cause('cpu-saturated')], load, { ...cpus, stdout: '8\n' })).toEqual(['fails'])
  })

  test('is unknown by its output alone when the command could not look', () => {
    const missing: Ran = {
      command: 'curl -v https://x',
      stderr: 'bash: curl: command not found',
      outcome: { kind: 'exited', code: 127 },
    }
    expect(statuses([cause('proxy-misconfigured')], missing)).toEqual(['unknown'])
    expect(
      statuses([cause('proxy-misconfigured')], { command: 'curl -v https://x', stdout: 'ok\n' }),
    ).toEqual(['fails'])
  })

  test('may name a layer, which means any cause of it', () => {
    expect(statuses([cause('infra'), cause('node')], { command: 'df -h', stdout: dfFull })).toEqual([
      'holds',
      'unknown',
    ])
  })
})

describe('a branch that is an expression over facts', () => {
  test('holds over the facts of all commands of the step, with the rows that make it so', () => {
    const inodes = `Filesystem     Inodes IUsed IFree IUse% Mounted on
/dev/sdb1        1000   990    10   99% /var
`
    const judgement = judge(
      [fact('filesystems.exists(f, f.mount == "/var" && f.usePercent > 90 && f.inodesUsePercent > 90)')],
      { command: 'df -h', stdout: dfFull },
      { command: 'df -i', stdout: inodes },
    )
    expect(judgement.verdicts[0]?.status).toBe('holds')
  })

  test('names the row in its reason', () => {
    const judgement = judge([fact('filesystems.exists(f, f.usePercent > 90)')], {
      command: 'df -h',
      stdout: dfFull,
    })
    expect(judgement.verdicts[0]).toMatchObject({ because: '/var is 97 % full', evidence: [{ line: 3 }] })
  })

  test('is unknown when a fact that it reads was never collected', () => {
    const judgement = judge([fact('units.exists(u, u.active == "failed")')], {
      command: 'df -h',
      stdout: dfFull,
    })
    expect(judgement.verdicts[0]).toMatchObject({ status: 'unknown', because: 'units was not collected' })
  })

  test('fails on a list that is known to be empty', () => {
    const none = { command: 'systemctl --failed', stdout: '0 loaded units listed.\n' }
    expect(statuses([fact('units.exists(u, u.active == "failed")')], none)).toEqual(['fails'])
  })

  test('is unknown where systemd does not answer', () => {
    const dead: Ran = {
      command: 'systemctl --failed',
      stderr: "System has not been booted with systemd as init system (PID 1). Can't operate.\n",
      outcome: { kind: 'exited', code: 1 },
    }
    expect(statuses([fact('units.exists(u, u.active == "failed")'), otherwise], dead)).toEqual([
      'unknown',
      'unknown',
    ])
  })

  test('reads the exit code, and does not know it after a timeout', () => {
    expect(statuses([fact('exit != 0')], { command: 'x', outcome: { kind: 'exited', code: 7 } })).toEqual([
      'holds',
    ])
    expect(
      statuses([fact('exit != 0'), fact('timedOut')], {
        command: 'x',
        outcome: { kind: 'timed-out', afterMs: 30_000 },
      }),
    ).toEqual(['unknown', 'holds'])
  })

  test('mixes whole and decimal numbers', () => {
    const load = {
      command: 'uptime',
      stdout: ' 10:00:00 up 1 day,  2:03,  1 user,  load average: 9.00, 4.5, 1.0\n',
    }
    const cpus = { command: 'nproc', stdout: '4\n' }
    expect(judge([fact('load.one > cpus * 2')], load, cpus).verdicts[0]?.because).toMatch(
      /^load\.one is [\d.]+, cpus is \d+$/,
    )
    expect(statuses([fact('load.one > cpus * 2'), fact('load.one / cpus > 2')], load, cpus)).toEqual([
      'holds',
      'holds',
    ])
  })
})

describe('the other kinds of branches', () => {
  test('a text holds where it stands, fails on an output without it, and is unknown on one that was cut short', () => {
    const log: Ran = { command: 'x', stdout: 'dial tcp 10.0.0.1:6443: connection refused\n' }
    expect(statuses([text('/dial tcp .*refused/'), text('certificate')], log)).toEqual(['holds', 'fails'])
    expect(statuses([text('certificate')], { ...log, outcome: { kind: 'timed-out', afterMs: 1 } })).toEqual([
      'unknown',
    ])
  })

  test("a choice is a person's, and keeps otherwise from being taken", () => {
    const judgement = judge([choice, otherwise], { command: 'df -h', stdout: dfFine })
    expect(judgement.verdicts.map(v => [v.status, v.because])).toEqual([
      ['unknown', 'your choice'],
      ['unknown', 'not everything above could be told'],
    ])
    expect(judgement.recommended).toBeUndefined()
  })

  test('nothing is known before anything ran', () => {
    expect(statuses([cause('disk-full'), fact('exit == 0'), text('x'), otherwise])).toEqual(
      Array(4).fill('unknown'),
    )
    const refused: Ran = {
      command: 'df -h',
      outcome: { kind: 'not-started', reason: 'unreachable', message: 'no route to host' },
    }
    expect(statuses([cause('disk-full'), otherwise], refused)).toEqual(['unknown', 'unknown'])
  })

  test('the first that holds is recommended even when one before it is unknown', () => {
    const judgement = judge([cause('kubelet-down'), cause('disk-full')], { command: 'df -h', stdout: dfFull })
    expect(judgement.verdicts.map(v => v.status)).toEqual(['unknown', 'holds'])
    expect(judgement.recommended).toBe(1)
  })
})

describe('a step whose commands gave no answer', () => {
  const because = (...ran: readonly Ran[]) =>
    judge([cause('disk-full'), otherwise], ...ran).verdicts[0]?.because

  test('says so when nothing was run', () => {
    expect(because()).toBe('nothing has run yet')
  })

  test.each([
    [{ kind: 'lost', message: 'closed by remote host' }, 'the connection was lost'],
    [{ kind: 'canceled' }, 'the command was stopped'],
    [{ kind: 'not-started', reason: 'unreachable', message: 'no route' }, 'there is no connection'],
    [{ kind: 'not-started', reason: 'denied', message: 'no' }, 'the command could not be run'],
  ] as const)('says how the newest one ended: %o', (outcome, reason) => {
    expect(because({ command: 'df -h', outcome })).toBe(`no answer: ${reason}`)
  })
})

describe('a text that is looked for in a long output', () => {
  const lines = Array.from({ length: 5_000 }, (_, index) => ({
    number: index + 1,
    stream: 'stdout' as const,
    text: index % 100 === 99 ? `\u001b[31mrefused\u001b[0m ${index}` : `line ${index}`,
  }))
  const resultOf = (looked: { times: number }) => {
    const [seen] = [observe(knowledge, { command: 'cat it', stdout: '' })]
    const counted = new Proxy(lines, {
      get: (target, key) => {
        looked.times += 1
        return Reflect.get(target, key)
      },
    })
    return { ...seen, output: { ...seen.output, lines: counted } }
  }

  test('is found with the first twenty lines that hold it', () => {
    const { verdicts } = evaluateBranches(knowledge, {
      conditions: [text('refused')],
      results: [resultOf({ times: 0 })],
    })
    expect(verdicts[0]).toMatchObject({ status: 'holds', because: 'refused 99' })
    expect(verdicts[0]?.evidence.map(({ line }) => line)).toEqual(
      Array.from({ length: 20 }, (_, index) => (index + 1) * 100),
    )
  })

  test('is not looked for again when the step is judged once more', () => {
    const looked = { times: 0 }
    const question = { conditions: [text('never'), text('/re(f|v)us/')], results: [resultOf(looked)] }
    const first = evaluateBranches(knowledge, question)
    const before = looked.times
    expect(before).toBeGreaterThan(0)
    expect(evaluateBranches(knowledge, question)).toEqual(first)
    expect(looked.times).toBe(before)
  })
})
