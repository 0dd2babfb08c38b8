import { describe, expect, it } from 'vitest'
import { latestRunOf, runningRun } from '../../src/session/index.ts'
import { begun, branch, command, contextOf, dfOutput, ref, step, tree } from './kit.ts'

const context = contextOf(
  tree(
    'node',
    [
      step('look', {
        commands: [
          command('look/1', 'df -h'),
          command('look/2', 'free -h', { timeoutMs: 5_000, place: 'worker', cwd: '/tmp' }),
          command('look/3', 'kubectl describe pod <pod-name>'),
          command('look/4', 'journalctl -f'),
          command('look/5', 'top'),
          command('look/6', 'uptime', { excludeFromRunAll: true }),
          command('look/7', 'systemctl restart kubelet'),
        ],
      }),
      step('mend', {
        commands: [
          command('mend/1', 'systemctl restart kubelet'),
          command('mend/2', 'rm -rf /var/lib/etcd'),
          command('mend/3', 'frobnicate --all'),
          command('mend/4', 'cat /etc/hosts', { declaredEffect: 'change' }),
          command('mend/5', 'systemctl restart kubelet', { declaredEffect: 'read' }),
        ],
      }),
      step('prose', { branches: [branch({ kind: 'choice' }, 'look')] }),
      step('placeholders', { commands: [command('placeholders/1', 'ping -c 1 <node-name> <pod-name>')] }),
    ],
    { variables: [{ name: 'node-name', about: undefined, type: 'name', from: undefined }] },
  ),
)
const run = (commandId: string) => ({ type: 'run-command', commandId }) as const

describe('a command that only reads', () => {
  it('starts at once, with the time limit of the session or its own', () => {
    const play = begun(context, 'look')
    const decision = play.attempt(run('look/1'))
    expect(decision).toMatchObject({ kind: 'accepted', effects: [{ type: 'start-run', runId: 'r1' }] })
    expect(runningRun(play.session())).toMatchObject({ line: 'df -h', mode: 'batch', timeoutMs: 30_000 })
    play.go(run('look/2'))
    expect(latestRunOf(play.session(), 'look/2')).toMatchObject({
      phase: 'queued',
      timeoutMs: 5_000,
      place: 'worker',
      cwd: '/tmp',
    })
  })

  it.each([
    ['look/4', 'follow'],
    ['look/5', 'interactive'],
  ])('but does not end by itself has no time limit (%s: %s)', (id, mode) => {
    const play = begun(context, 'look')
    play.go(run(id))
    expect(runningRun(play.session())).toMatchObject({ mode, timeoutMs: undefined })
  })

  it('is not asked for twice while it runs or waits', () => {
    const play = begun(context, 'look')
    play.go(run('look/1'))
    play.go(run('look/2'))
    expect(play.refusalOf(run('look/1'))).toBe('E_SESSION_ALREADY_RUNNING')
    expect(play.refusalOf(run('look/2'))).toBe('E_SESSION_ALREADY_RUNNING')
    play.finish('')
    expect(play.refusalOf(run('look/1'))).toBeUndefined()
  })

  it('must belong to the step', () => {
    expect(begun(context, 'look').refusalOf(run('mend/1'))).toBe('E_SESSION_COMMAND_UNKNOWN')
  })
})

describe('the queue', () => {
  it('runs one command at a time, in the order in which they were asked for', () => {
    const play = begun(context, 'look')
    play.go(run('look/2'))
    play.go(run('look/1'))
    play.go({ type: 'run-ad-hoc', line: 'uname -a' })
    expect(runningRun(play.session())?.runId).toBe('r1')
    expect(play.finish('')).toContainEqual({ type: 'run-started', runId: 'r2' })
    expect(play.finish('')).toContainEqual({ type: 'run-started', runId: 'r3' })
    play.finish('')
    expect(runningRun(play.session())).toBeUndefined()
  })

  it('goes on after the operator has walked on, and the results stay with their step', () => {
    const play = begun(context, 'look')
    play.go({ type: 'run-reads' })
    play.go({ type: 'go-next' })
    play.finish(dfOutput(40))
    expect(play.session().runs.get('r1')).toMatchObject({ ref: ref('look'), visit: 0, phase: 'finished' })
    expect(runningRun(play.session())?.runId).toBe('r2')
  })

  it('is dropped when the running command is stopped', () => {
    const play = begun(context, 'look')
    play.go({ type: 'run-reads' })
    const decision = play.attempt({ type: 'cancel-run' })
    expect(decision).toMatchObject({
      events: [{ type: 'run-dropped', runId: 'r2' }],
      effects: [{ type: 'cancel-run', runId: 'r1' }],
    })
    play.finish('', { kind: 'canceled' })
    expect(runningRun(play.session())).toBeUndefined()
    expect(play.refusalOf({ type: 'cancel-run' })).toBe('E_SESSION_NOTHING_RUNS')
  })
})

describe('all reads of a step', () => {
  it('are those that end by themselves, are not excluded, and have their values', () => {
    const play = begun(context, 'look')
    play.go({ type: 'run-reads' })
    expect([...play.session().runs.values()].map(one => one.commandId)).toEqual(['look/1', 'look/2'])
    expect(play.refusalOf({ type: 'run-reads' })).toBe('E_SESSION_VARIABLE_MISSING')
    play.go({ type: 'set-variable', name: 'pod-name', value: 'web-0' })
    play.go({ type: 'run-reads' })
    expect(latestRunOf(play.session(), 'look/3')?.line).toBe('kubectl describe pod web-0')
    expect(play.refusalOf({ type: 'run-reads' })).toBe('E_SESSION_ALREADY_RUNNING')
  })

  it('are refused where a step has none', () => {
    expect(begun(context, 'prose').refusalOf({ type: 'run-reads' })).toBe('E_SESSION_NO_READS')
    expect(begun(context, 'mend').refusalOf({ type: 'run-reads' })).toBe('E_SESSION_NO_READS')
  })
})

describe('placeholders', () => {
  it('without a value are all named in the refusal', () => {
    const decision = begun(context, 'placeholders').attempt(run('placeholders/1'))
    expect(decision).toMatchObject({ kind: 'refused', refusal: { code: 'E_SESSION_VARIABLE_MISSING' } })
    expect(decision.kind === 'refused' && decision.refusal.text).toContain('node-name, pod-name')
  })

  it('are filled in with values that were checked by their type and are quoted for the shell', () => {
    const play = begun(context, 'placeholders')
    expect(play.refusalOf({ type: 'set-variable', name: 'node-name', value: 'a; reboot' })).toBe(
      'E_SESSION_VARIABLE_INVALID',
    )
    play.go({ type: 'set-variable', name: 'node-name', value: 'worker-2' })
    play.go({ type: 'set-variable', name: 'pod-name', value: "it's; reboot" })
    play.go(run('placeholders/1'))
    expect(runningRun(play.session())?.line).toMatch(/^ping -c 1 worker-2 '/)
    expect(runningRun(play.session())?.effect).toBe('read')
  })

  it('that are left in an edited line are filled in too', () => {
    const play = begun(context, 'placeholders')
    play.go({ type: 'set-variable', name: 'node-name', value: 'worker-2' })
    play.go({ ...run('placeholders/1'), editedLine: 'ping -c 3 <node-name>' })
    expect(runningRun(play.session())?.line).toBe('ping -c 3 worker-2')
  })
})

describe('a command that does more than read', () => {
  it.each([
    { what: 'a change', id: 'mend/1', effect: 'change', wants: 'run' },
    { what: 'what would lose something', id: 'mend/2', effect: 'destructive', wants: 'worker-2' },
    { what: 'what is not known', id: 'mend/3', effect: 'unknown', wants: 'run' },
    { what: 'what the author calls a change', id: 'mend/4', effect: 'change', wants: 'run' },
    { what: 'a change that the author calls a read', id: 'mend/5', effect: 'change', wants: 'run' },
  ])('waits for its word: $what', ({ id, effect, wants }) => {
    const play = begun(context, 'mend')
    expect(play.go(run(id))).toMatchObject([
      { type: 'run-requested', run: { effect } },
      { type: 'approval-asked', runId: 'r1', wants },
    ])
    expect(runningRun(play.session())).toBeUndefined()
    expect(play.session().approval).toEqual({ runId: 'r1', wants })
  })

  it('is judged by the line as it was edited', () => {
    const play = begun(context, 'look')
    play.go({ ...run('look/1'), editedLine: 'df -h > /etc/passwd' })
    expect(play.session().approval).toBeDefined()
    expect(runningRun(play.session())).toBeUndefined()
  })

  it('wants the same when it was typed by hand', () => {
    const play = begun(context, 'look')
    play.go({ type: 'run-ad-hoc', line: 'systemctl stop kubelet' })
    expect(play.session().approval).toEqual({ runId: 'r1', wants: 'run' })
    expect(begun(context, 'look').refusalOf({ type: 'run-ad-hoc', line: ' \n' })).toBe('E_SESSION_LINE_EMPTY')
  })

  it('is refused outright in a read-only session', () => {
    const play = begun(context, 'mend', { readOnly: true })
    expect(play.refusalOf(run('mend/1'))).toBe('E_SESSION_READ_ONLY')
    expect(play.refusalOf(run('mend/3'))).toBe('E_SESSION_READ_ONLY')
    expect(play.refusalOf({ type: 'run-ad-hoc', line: 'reboot' })).toBe('E_SESSION_READ_ONLY')
    expect(play.session().runs.size).toBe(0)
  })
})
