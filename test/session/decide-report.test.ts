import { describe, expect, it } from 'vitest'
import { judgementOf } from '../../src/session/index.ts'
import { begun, branch, command, contextOf, dfOutput, printed, ref, step, tree } from './kit.ts'

const context = contextOf(
  tree('node', [
    step('disk', {
      commands: [
        command('disk/1', 'df -h'),
        command('disk/2', 'journalctl -n 50 --no-pager'),
        command('disk/3', 'uptime', { optional: true }),
      ],
      branches: [
        branch({ kind: 'cause', id: 'disk-full' }, 'free-space'),
        branch({ kind: 'text', pattern: { kind: 'literal', text: 'eviction' } }, 'free-space'),
        branch({ kind: 'otherwise' }, 'network'),
      ],
    }),
    step('free-space'),
    step('network', { commands: [command('network/1', 'ip route')] }),
  ]),
)
const run = (commandId: string) => ({ type: 'run-command', commandId }) as const
const statuses = (play: ReturnType<typeof begun>) =>
  judgementOf(play.session(), ref('disk'))?.verdicts.map(({ status }) => status)

describe('a finished command', () => {
  it('leaves its outcome, facts, findings and verdicts as events, so that nothing need be read again', () => {
    const play = begun(context, 'disk')
    play.go(run('disk/1'))
    const events = play.finish(dfOutput(96))
    expect(events.map(({ type }) => type)).toEqual([
      'run-finished',
      'facts-derived',
      'findings-derived',
      'branches-judged',
    ])
    expect(play.session().runs.get('r1')).toMatchObject({
      phase: 'finished',
      outcome: { kind: 'exited', code: 0 },
      parser: 'df',
      facts: { filesystems: [{ mount: '/', usePercent: 96 }] },
      findings: [{ cause: 'disk-full', layer: 'infra' }],
      totalLines: 2,
    })
    expect(judgementOf(play.session())?.recommended).toBe(0)
  })

  it.each([
    { kind: 'timed-out', afterMs: 30_000 },
    { kind: 'canceled' },
    { kind: 'not-started', reason: 'not-found', message: 'df: command not found' },
  ] as const)('may have ended as $kind: a result as any other', outcome => {
    const play = begun(context, 'disk')
    play.go(run('disk/1'))
    play.finish('', outcome)
    expect(play.session().runs.get('r1')).toMatchObject({ phase: 'finished', outcome, findings: [] })
    expect(judgementOf(play.session())?.recommended).toBeUndefined()
  })

  it('of another step than the current one is judged for its own step', () => {
    const play = begun(context, 'disk')
    play.go(run('disk/1'))
    play.go({ type: 'enter-step', ref: ref('network') })
    play.finish(dfOutput(96))
    expect(judgementOf(play.session(), ref('disk'))?.recommended).toBe(0)
    expect(judgementOf(play.session())).toBeUndefined()
  })

  it('that was typed by hand has findings but no say in the branches', () => {
    const play = begun(context, 'disk')
    play.go({ type: 'run-ad-hoc', line: 'df -h' })
    expect(play.finish(dfOutput(96)).map(({ type }) => type)).toEqual([
      'run-finished',
      'facts-derived',
      'findings-derived',
    ])
  })

  it.each([
    ['Nov 20 10:00:00 2026 GMT', ['cert-expired']],
    ['Nov 22 10:00:00 2026 GMT', []],
  ])('is judged by the time at which it ended: a certificate that ends %s', (end, causes) => {
    const play = begun(context, 'disk')
    play.go({ type: 'run-ad-hoc', line: 'openssl x509 -noout -enddate -in /etc/kubernetes/pki/ca.crt' })
    play.finish(`notAfter=${end}`)
    expect(
      play
        .session()
        .runs.get('r1')
        ?.findings.map(finding => finding.cause),
    ).toEqual(causes)
  })

  it('is not taken twice, nor when nobody started it', () => {
    const play = begun(context, 'disk')
    const report = {
      type: 'report-outcome',
      runId: 'r1',
      outcome: { kind: 'canceled' },
      output: printed(''),
    } as const
    expect(play.refusalOf({ ...report, body: undefined })).toBe('E_SESSION_RUN_UNKNOWN')
    play.go(run('disk/1'))
    play.finish('')
    expect(play.refusalOf({ ...report, body: undefined })).toBe('E_SESSION_RUN_UNKNOWN')
  })
})

describe('the verdict on a step', () => {
  it('rests on the newest result of each of its commands', () => {
    const play = begun(context, 'disk')
    play.go({ type: 'run-reads' })
    play.finish(dfOutput(96))
    play.finish('all quiet')
    play.finish('')
    expect(statuses(play)).toEqual(['holds', 'fails', 'fails'])
    play.go(run('disk/1'))
    play.finish(dfOutput(40))
    expect(statuses(play)).toEqual(['fails', 'fails', 'holds'])
    expect(judgementOf(play.session())?.recommended).toBe(2)
  })

  it('keeps "otherwise" open until all the step reads have been seen, optional ones aside', () => {
    const play = begun(context, 'disk')
    play.go(run('disk/1'))
    play.finish(dfOutput(40))
    expect(statuses(play)?.[2]).toBe('unknown')
    expect(judgementOf(play.session())?.recommended).toBeUndefined()
    play.go(run('disk/2'))
    play.finish('all quiet')
    expect(judgementOf(play.session())?.recommended).toBe(2)
  })

  it('rules out no text and no cause while reads of the step have yet to run, but what facts say', () => {
    const conditions = [
      { kind: 'cause', id: 'disk-full' },
      { kind: 'text', pattern: { kind: 'literal', text: 'eviction' } },
      { kind: 'fact', expression: 'filesystems.exists(f, f.usePercent > 90)' },
      { kind: 'fact', expression: 'exit != 0' },
      { kind: 'otherwise' },
    ] as const
    const commands = [command('disk/1', 'df -h'), command('disk/2', 'journalctl -n 50 --no-pager')]
    const branches = conditions.map(condition => branch(condition, 'network'))
    const waiting = contextOf(tree('node', [step('disk', { commands, branches }), step('network')]))
    const play = begun(waiting, 'disk')
    play.go(run('disk/1'))
    play.finish(dfOutput(40))
    expect(statuses(play)).toEqual(['unknown', 'unknown', 'fails', 'unknown', 'unknown'])
    play.go(run('disk/2'))
    play.finish('all quiet')
    expect(statuses(play)).toEqual(['fails', 'fails', 'fails', 'fails', 'holds'])
  })

  it.each([
    { kind: 'lost', message: 'the connection was lost' },
    { kind: 'canceled' },
    { kind: 'not-started', reason: 'unreachable', message: 'no route to host' },
    { kind: 'not-started', reason: 'denied', message: 'sudo wants a password' },
  ] as const)('keeps "otherwise" open where a read ended as $kind before it had shown all', outcome => {
    const play = begun(context, 'disk')
    play.go(run('disk/1'))
    play.finish(dfOutput(40))
    play.go(run('disk/2'))
    play.finish('all quiet so far', outcome)
    expect(statuses(play)?.[2]).toBe('unknown')
    expect(judgementOf(play.session())?.recommended).toBeUndefined()
    play.go(run('disk/2'))
    play.finish('all quiet')
    expect(judgementOf(play.session())?.recommended).toBe(2)
  })

  it('looks for text in the earlier outputs too, as long as they are kept', () => {
    const play = begun(context, 'disk')
    play.go(run('disk/2'))
    play.finish('eviction manager: attempting to reclaim')
    play.go(run('disk/1'))
    play.finish(dfOutput(40))
    expect(statuses(play)?.[1]).toBe('holds')
  })
})
