import { describe, expect, it } from 'vitest'
import type { Outcome } from '../../src/base/index.ts'
import { type AutoLimits, decideAuto } from '../../src/session/index.ts'
import type { Step } from '../../src/tree/index.ts'
import { begun, branch, command, contextOf, dfOutput, exited, step, tree } from './kit.ts'

const df = (id: string) => command(id, 'df -h')
const full = { kind: 'cause', id: 'disk-full' } as const
const otherwise = { kind: 'otherwise' } as const
const choice = { kind: 'choice' } as const

type Answer = { readonly text: string; readonly outcome?: Outcome }

type From = { readonly start?: string; readonly limits?: AutoLimits }

/** Lets the autopilot drive; every command prints what `answer` gives. */
const drive = (
  steps: readonly Step[],
  answer: Answer,
  { start = steps[0]?.id ?? '', limits = {} }: From = {},
) => {
  const context = contextOf(tree('node', steps))
  const play = begun(context, start)
  for (let moves = 0; moves < 60; moves += 1) {
    const move = decideAuto(play.session(), context, limits)
    const path = () => play.session().path.map(ref => ref.step)
    if (move.kind === 'stop') return { status: move.status, path: path(), play }
    if (move.kind === 'intent') play.go(move.intent)
    else play.finish(answer.text, answer.outcome ?? exited(0))
  }
  throw new Error('the autopilot does not stop')
}

const triage: readonly Step[] = [
  step('disk', { commands: [df('disk/1')], branches: [branch(full, 'fix'), branch(otherwise, 'end')] }),
  step('fix', { commands: [command('fix/1', 'rm -rf /var/log/old')] }),
  step('end', {
    commands: [df('end/1')],
    branches: [branch(full, 'escalate'), branch(otherwise, 'resolved')],
  }),
]

describe('the autopilot', () => {
  it('runs the reads, follows the outputs, and ends healthy where nothing is found', () => {
    expect(drive(triage, { text: dfOutput(40) })).toMatchObject({ status: 'healthy', path: ['disk', 'end'] })
  })

  it('stops before a fix, and has found a problem when something was found', () => {
    const { status, path, play } = drive(triage, { text: dfOutput(96) })
    expect({ status, path }).toEqual({ status: 'problem-found', path: ['disk', 'fix'] })
    expect([...play.session().runs.values()].map(run => run.effect)).toEqual(['read'])
  })

  it('asks before a fix to which nothing pointed', () => {
    expect(drive(triage, { text: dfOutput(40) }, { start: 'fix' }).status).toBe('asked')
  })

  it('stops as escalated where the outputs lead there', () => {
    expect(drive(triage, { text: dfOutput(96) }, { start: 'end' }).status).toBe('escalated')
  })

  it('has found a problem when it is told that all is resolved after a finding', () => {
    const steps = [
      step('disk', { commands: [df('disk/1')], branches: [branch(full, 'end')] }),
      step('end', { commands: [command('end/1', 'uptime')], branches: [branch(otherwise, 'resolved')] }),
    ]
    expect(drive(steps, { text: dfOutput(96) })).toMatchObject({
      status: 'problem-found',
      path: ['disk', 'end'],
    })
  })

  it('goes on in document order where a step has no branches, and ends with the document', () => {
    const steps = [step('intro'), step('disk', { commands: [df('disk/1')] }), step('outro')]
    expect(drive(steps, { text: dfOutput(40) })).toMatchObject({
      status: 'healthy',
      path: ['intro', 'disk', 'outro'],
    })
    expect(drive(steps, { text: dfOutput(96) }).status).toBe('problem-found')
  })

  describe('with choices that a person made ahead', () => {
    const asks: readonly Step[] = [
      step('a', {
        commands: [df('a/1')],
        branches: [branch(full, 'fix'), branch(choice, 'b'), branch(choice, 'c')],
      }),
      step('b', { branches: [branch(choice, 'resolved'), branch(choice, 'escalate')] }),
      step('c', { branches: [branch(choice, 'a')] }),
      step('fix', { commands: [command('fix/1', 'rm -rf /var/log/old')] }),
    ]
    const ends = (given: Readonly<Record<string, number>>, text = dfOutput(40)) => {
      const answers = new Map(Object.entries(given).map(([id, at]) => [`node#${id}`, at]))
      const { status, path } = drive(asks, { text }, { limits: { answers } })
      return [status, path.join()]
    }

    it('takes them, to the end that they lead to', () => {
      expect(ends({ a: 1, b: 0 })).toEqual(['healthy', 'a,b'])
      expect(ends({ a: 1, b: 1 })).toEqual(['escalated', 'a,b'])
    })

    it('still asks where there is none', () => {
      expect(ends({ b: 0 })).toEqual(['asked', 'a'])
      expect(ends({ a: 2 })).toEqual(['asked', 'a,c'])
    })

    it('follows the outputs where they recommend a branch, and stops before a fix', () => {
      expect(ends({ a: 1, b: 0 }, dfOutput(96))).toEqual(['problem-found', 'a,fix'])
      expect(ends({ a: 0 })).toEqual(['asked', 'a,fix'])
    })

    it('asks where they lead in a circle', () => {
      expect(ends({ a: 2, c: 0 })).toEqual(['asked', 'a,c,a,c,a'])
    })
  })

  it.each([
    ['a choice', [branch(choice, 'b'), branch(choice, 'resolved')]],
    ['an unknown', [branch({ kind: 'fact', expression: 'units.size() > 0' }, 'b'), branch(otherwise, 'b')]],
    ['a step that is not there', [branch(otherwise, 'gone')]],
  ])('asks at %s', (_, branches) => {
    const steps = [step('a', { commands: [df('a/1')], branches }), step('b')]
    expect(drive(steps, { text: dfOutput(40) })).toMatchObject({ status: 'asked', path: ['a'] })
  })

  it('asks when it comes to the same step for the third time', () => {
    const steps = [
      step('a', { commands: [df('a/1')], branches: [branch(otherwise, 'b')] }),
      step('b', { commands: [df('b/1')], branches: [branch(otherwise, 'a')] }),
    ]
    const { status, path, play } = drive(steps, { text: dfOutput(40) })
    expect({ status, path }).toEqual({ status: 'asked', path: ['a', 'b', 'a', 'b', 'a'] })
    expect(play.session().runs.size).toBe(4)
  })

  it.each([
    [{ kind: 'not-started', reason: 'unreachable', message: 'no route to host' }],
    [exited(127)],
  ] as const)('has failed when not one command could be run (%j)', outcome => {
    const steps = [step('a', { commands: [df('a/1')] }), step('b')]
    expect(drive(steps, { text: '', outcome }).status).toBe('failed')
  })

  it.each([
    { kind: 'lost', message: 'the connection was lost' },
    { kind: 'not-started', reason: 'denied', message: 'sudo asks for a password' },
  ] as const)('has failed, and does not ask, when the target held up the last step (%j)', outcome => {
    const commands = [df('a/1'), df('a/2')]
    const context = contextOf(tree('node', [step('a', { commands, branches: [branch(choice, 'a')] })]))
    const play = begun(context, 'a')
    play.go({ type: 'run-reads' })
    play.finish(dfOutput(40))
    play.finish('', outcome)
    expect(decideAuto(play.session(), context)).toEqual({ kind: 'stop', status: 'failed' })
  })

  it('leaves out commands that want a value, and goes on where nothing depends on them', () => {
    const steps = [
      step('a', { commands: [command('a/1', 'crictl logs <container-id>')] }),
      step('b', { commands: [df('b/1')] }),
    ]
    expect(drive(steps, { text: dfOutput(40) })).toMatchObject({ status: 'healthy', path: ['a', 'b'] })
  })

  it('does not call healthy what it never looked at', () => {
    expect(drive([step('a'), step('b')], { text: '' })).toMatchObject({ status: 'left', path: ['a', 'b'] })
  })

  it('goes no further than it may, and concludes from what it has seen by then', () => {
    const steps = [step('a', { commands: [df('a/1')] }), step('b', { commands: [df('b/1')] }), step('c')]
    const ends = (answer: Answer, limits: AutoLimits) => {
      const { status, path } = drive(steps, answer, { limits })
      return [status, path.join()]
    }
    expect(ends({ text: dfOutput(40) }, { maxSteps: 2 })).toEqual(['asked', 'a,b'])
    expect(ends({ text: dfOutput(40) }, { until: 'b' })).toEqual(['healthy', 'a,b'])
    expect(ends({ text: dfOutput(96) }, { until: 'a' })).toEqual(['problem-found', 'a'])
    const gone = { kind: 'not-started', reason: 'unreachable', message: 'no route to host' } as const
    expect(ends({ text: '', outcome: gone }, { until: 'a' })).toEqual(['failed', 'a'])
  })

  it('stops with the status of a session that is closed', () => {
    const context = contextOf(tree('node', triage))
    const play = begun(context, 'disk')
    play.go({ type: 'close', status: 'interrupted' })
    expect(decideAuto(play.session(), context)).toEqual({ kind: 'stop', status: 'interrupted' })
  })
})
