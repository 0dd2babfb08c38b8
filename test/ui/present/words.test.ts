import { describe, expect, it } from 'vitest'
import type { Outcome } from '../../../src/base/index.ts'
import type { Run } from '../../../src/session/index.ts'
import { effectWord, formatDuration, runTime, runWord } from '../../../src/ui/present/words.ts'
import { nodeContext, testInstant } from '../../kit/render-runbook.ts'
import { createFakeStore } from '../../kit/render-store.ts'

const runWith = (outcome?: Outcome): Run => {
  const store = createFakeStore({
    context: nodeContext,
    at: { runbook: 'node-checks', step: 'disk' },
    now: () => testInstant,
  })
  store.dispatch({ type: 'run-command', commandId: 'disk/1' })
  if (outcome !== undefined) store.end('r1', outcome)
  const run = store.getSnapshot().session.runs.get('r1')
  if (run === undefined) throw new Error('no run')
  return run
}

describe('the words for runs', () => {
  it.each<[string, Outcome]>([
    ['done', { kind: 'exited', code: 0 }],
    ['exit 3', { kind: 'exited', code: 3 }],
    ['timed out', { kind: 'timed-out', afterMs: 30_000 }],
    ['stopped', { kind: 'canceled' }],
    ['not installed', { kind: 'not-started', reason: 'not-found', message: '' }],
    ['not allowed', { kind: 'not-started', reason: 'denied', message: '' }],
    ['no connection', { kind: 'not-started', reason: 'unreachable', message: '' }],
  ])('say "%s"', (text, outcome) => {
    const word = runWord(runWith(outcome))
    expect(word.text).toBe(text)
    expect(word.sign.trim()).not.toBe('')
  })

  it('count the time of a command that runs', () => {
    const run = runWith()
    expect(runWord(run).text).toBe('running')
    expect(runTime(run, testInstant + 2500)).toBe('2.5 s')
  })

  it('say nothing of a command that was never run', () => {
    expect([runWord(undefined).text, runTime(undefined, testInstant)]).toEqual(['', ''])
  })
})

describe('the words for effects', () => {
  it('say that what cannot be told may change something', () => {
    const effects = ['read', 'change', 'destructive', 'unknown'] as const
    expect(effects.map(effect => effectWord(effect).text)).toEqual([
      'reads',
      'changes',
      'destroys',
      'may change',
    ])
  })
})

describe('lengths of time', () => {
  it('are written for people', () => {
    expect([0, 120, 9999, 59_999, 125_000].map(formatDuration)).toEqual([
      '0.0 s',
      '0.1 s',
      '10.0 s',
      '59 s',
      '2 min 5 s',
    ])
  })
})
