import { describe, expect, it } from 'vitest'
import { runningRun } from '../../src/session/index.ts'
import { begun, command, contextOf, header, step, tree } from './kit.ts'

const context = contextOf(
  tree('node', [
    step('mend', {
      commands: [
        command('mend/1', 'systemctl restart kubelet'),
        command('mend/2', 'rm -rf /var/lib/etcd'),
        command('mend/3', 'df -h'),
      ],
    }),
    step('verify'),
  ]),
)
const run = (commandId: string) => ({ type: 'run-command', commandId }) as const
const answer = (text: string) => ({ type: 'answer-approval', answer: text }) as const

it('runs the command when the wanted word is given', () => {
  const play = begun(context, 'mend')
  play.go(run('mend/1'))
  expect(play.attempt(answer('run'))).toMatchObject({
    events: [
      { type: 'approval-given', runId: 'r1' },
      { type: 'run-started', runId: 'r1' },
    ],
    effects: [{ type: 'start-run', runId: 'r1' }],
  })
})

it.each(['', 'y', 'yes', 'RUN', 'run!', 'worker-2'])('takes "%s" for a no', text => {
  const play = begun(context, 'mend')
  play.go(run('mend/1'))
  expect(play.go(answer(text))).toEqual([{ type: 'approval-refused', runId: 'r1', answer: text }])
  expect(play.session().runs.get('r1')?.phase).toBe('dropped')
  expect(play.session().approval).toBeUndefined()
})

it('wants the name of the machine where something would be lost', () => {
  const play = begun(context, 'mend')
  play.go(run('mend/2'))
  play.go(answer('run'))
  expect(runningRun(play.session())).toBeUndefined()
  play.go(run('mend/2'))
  play.go(answer(' worker-2 '))
  expect(runningRun(play.session())?.runId).toBe('r2')
})

it('never takes an empty answer, whatever the machine is called', () => {
  const play = begun(context, 'mend', { host: ' ' })
  play.go(run('mend/2'))
  play.go(answer(''))
  expect(runningRun(play.session())).toBeUndefined()
})

it('lets an approved command wait for the one that runs', () => {
  const play = begun(context, 'mend')
  play.go(run('mend/3'))
  play.go(run('mend/1'))
  play.go(answer('run'))
  expect(play.session().runs.get('r2')?.phase).toBe('queued')
  expect(play.finish('')).toContainEqual({ type: 'run-started', runId: 'r2' })
})

it('does not start what waits for an answer when the command before it ends', () => {
  const play = begun(context, 'mend')
  play.go(run('mend/3'))
  play.go(run('mend/1'))
  play.finish('')
  expect(runningRun(play.session())).toBeUndefined()
  expect(play.session().approval?.runId).toBe('r2')
})

describe('while an answer is due', () => {
  it('nothing else is begun and nobody walks away', () => {
    const play = begun(context, 'mend')
    play.go(run('mend/1'))
    expect(play.refusalOf(run('mend/3'))).toBe('E_SESSION_APPROVAL_PENDING')
    expect(play.refusalOf({ type: 'go-next' })).toBe('E_SESSION_APPROVAL_PENDING')
    expect(play.refusalOf({ type: 'begin', header, at: { runbook: 'node', step: 'mend' } })).toBe(
      'E_SESSION_OPEN',
    )
    expect(play.refusalOf({ type: 'add-note', text: 'asked Ann first' })).toBeUndefined()
  })

  it('stopping means no', () => {
    const play = begun(context, 'mend')
    play.go(run('mend/1'))
    expect(play.go({ type: 'cancel-run' })).toEqual([{ type: 'approval-refused', runId: 'r1' }])
  })

  it('closing means no', () => {
    const play = begun(context, 'mend')
    play.go(run('mend/1'))
    expect(play.go({ type: 'close', status: 'left' })).toMatchObject([
      { type: 'approval-refused', runId: 'r1' },
      { type: 'session-closed' },
    ])
  })
})

it('refuses an answer that nobody asked for', () => {
  expect(begun(context, 'mend').refusalOf(answer('run'))).toBe('E_SESSION_NO_APPROVAL')
})
