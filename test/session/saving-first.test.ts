import { describe, expect, it } from 'vitest'
import { runningRun } from '../../src/session/index.ts'
import { begun, command, contextOf, exited, step, tree } from './kit.ts'

const context = contextOf(
  tree('node', [
    step('fix', {
      explanation: 'Do this last.\n\n**Changes:** every rule is gone.\n**Undo:** restore [the copy](#copy).',
      commands: [
        command('fix/1', 'sudo iptables -F'),
        command('fix/2', 'systemctl stop kubelet'),
        command('fix/3', 'mv /etc/kubernetes/manifests/etcd.yaml /root/'),
      ],
    }),
    step('cordon', {
      explanation: '**Changes:** NODE_NAME takes no new pods.\n**Undo:** `kubectl uncordon NODE_NAME`',
      commands: [
        command('cordon/1', 'kubectl cordon NODE_NAME', {
          placeholders: [{ name: 'NODE_NAME', text: 'NODE_NAME' }],
        }),
      ],
    }),
    step('copy', { commands: [command('copy/1', 'iptables-save > /root/rules')] }),
    step('flush', { commands: [command('flush/1', 'iptables -t nat -F')] }),
  ]),
)
const run = (commandId: string) => ({ type: 'run-command', commandId }) as const
const answer = (text: string) => ({ type: 'answer-approval', answer: text }) as const

describe('an approval', () => {
  it('tells what the runbook says is changed and how that is undone', () => {
    const play = begun(context, 'fix')
    play.go(run('fix/1'))
    expect(play.session().runs.get('r1')).toMatchObject({
      changes: 'every rule is gone.',
      undo: 'restore the copy.',
    })
  })

  it('tells it with the values that the command has', () => {
    const play = begun(context, 'cordon')
    play.go({ type: 'set-variable', name: 'NODE_NAME', value: 'worker-2' })
    play.go(run('cordon/1'))
    expect(play.session().runs.get('r1')).toMatchObject({
      changes: 'worker-2 takes no new pods.',
      undo: 'kubectl uncordon worker-2',
    })
  })

  it('tells what the tool knows about undoing where no runbook says it', () => {
    const play = begun(context, 'flush')
    play.go({ type: 'run-ad-hoc', line: 'sudo systemctl stop kubelet' })
    expect(play.session().runs.get('r1')?.undo).toBe('sudo systemctl start kubelet')
  })
})

describe('what a command would lose', () => {
  it('is saved first, and the command runs when that has ended well', () => {
    const play = begun(context, 'fix')
    play.go(run('fix/1'))
    const saving = play.session().approval?.saving?.line ?? ''
    expect(saving).toMatch(/^umask 077; sudo iptables-save > \/var\/tmp\/runtree-[\w.-]+-r1\.rules && ls -l/)
    play.go(answer('worker-2'))
    expect(runningRun(play.session())).toMatchObject({ runId: 'r2', line: saving, savesFor: 'r1' })
    play.finish('saved')
    expect(runningRun(play.session())?.runId).toBe('r1')
  })

  it.each([
    ['ends with an error', exited(1)],
    ['does not end in time', { kind: 'timed-out', afterMs: 1000 } as const],
    ['cannot be started', { kind: 'not-started', reason: 'denied', message: 'no' } as const],
  ])('keeps the command from running when the saving %s', (_, outcome) => {
    const play = begun(context, 'fix')
    play.go(run('fix/1'))
    play.go(answer('worker-2'))
    expect(play.finish('', outcome)).toContainEqual(
      expect.objectContaining({ type: 'run-dropped', runId: 'r1' }),
    )
    expect(runningRun(play.session())).toBeUndefined()
    expect(play.session().runs.get('r1')).toMatchObject({ phase: 'dropped' })
  })

  it('is not saved when the operator says so in as many words', () => {
    const play = begun(context, 'fix')
    play.go(run('fix/1'))
    expect(play.go(answer('worker-2 unsaved'))).toContainEqual({
      type: 'approval-given',
      runId: 'r1',
      answer: 'worker-2 unsaved',
    })
    expect(runningRun(play.session())?.runId).toBe('r1')
  })

  it('is saved the way in which the runbook does it', () => {
    const play = begun(context, 'flush')
    play.go(run('flush/1'))
    expect(play.session().approval?.saving).toEqual({
      line: 'iptables-save > /root/rules',
      commandId: 'copy/1',
    })
  })

  it('is not saved again when the runbook’s own command has done it', () => {
    const play = begun(context, 'copy')
    play.go(run('copy/1'))
    play.go(answer('run'))
    play.finish('')
    play.go({ type: 'go-next' })
    play.go(run('flush/1'))
    expect(play.session().approval?.saving).toBeUndefined()
  })

  it('stays when both are stopped before the saving has ended', () => {
    const play = begun(context, 'fix')
    play.go(run('fix/3'))
    play.go(answer('worker-2'))
    play.go({ type: 'cancel-run' })
    play.finish('', { kind: 'canceled' })
    expect(play.session().runs.get('r1')?.phase).toBe('dropped')
    expect(runningRun(play.session())).toBeUndefined()
  })
})
