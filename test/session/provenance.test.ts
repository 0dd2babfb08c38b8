import { expect, it } from 'vitest'
import { begun, command, contextOf, step, tree } from './kit.ts'

const known = contextOf(
  tree('node', [step('look', { commands: [command('look/1', 'df -h')] }), step('next')]),
)
const context = { ...known, library: { ...known.library, outside: new Map([['node', '/tmp/node.md']]) } }
const run = { type: 'run-command', commandId: 'look/1' } as const
const trust = { type: 'trust-runbook', runbook: 'node' } as const

it('runs no command of a runbook from outside before someone has said that it may', () => {
  const play = begun(context, 'look')
  expect(play.attempt(run)).toMatchObject({
    refusal: {
      code: 'E_SESSION_RUNBOOK_STRANGE',
      runbook: 'node',
      text: expect.stringContaining('/tmp/node.md'),
    },
  })
  expect(play.refusalOf({ type: 'run-reads' })).toBe('E_SESSION_RUNBOOK_STRANGE')
})

it('asks nothing for a step that holds nothing to run', () => {
  expect(begun(context, 'next').refusalOf({ type: 'run-reads' })).toBe('E_SESSION_NO_READS')
})

it('asks once: afterwards its commands run, and the journal tells of what text this was said', () => {
  const play = begun(context, 'look')
  expect(play.go(trust)).toEqual([
    { type: 'runbook-trusted', runbook: 'node', digest: 'd1', origin: '/tmp/node.md' },
  ])
  expect(play.refusalOf(run)).toBeUndefined()
  expect(play.refusalOf(trust)).toBe('E_SESSION_RUNBOOK_KNOWN')
})

it('asks again when the text has changed since', () => {
  const play = begun(context, 'look')
  play.go(trust)
  const changed = tree('node', [step('look', { commands: [command('look/1', 'df -h')] })], { digest: 'd2' })
  const later = begun(
    { ...context, library: { ...context.library, trees: new Map([['node', changed]]) } },
    'look',
  )
  expect(later.refusalOf(run)).toBe('E_SESSION_RUNBOOK_STRANGE')
})

it('lets a line of the operator’s own run, and lets one walk', () => {
  const play = begun(context, 'look')
  expect(play.refusalOf({ type: 'run-ad-hoc', line: 'df -h' })).toBeUndefined()
  expect(play.refusalOf({ type: 'go-next' })).toBeUndefined()
})

it('asks nothing about runtree’s own runbooks', () => {
  expect(begun(known, 'look').refusalOf(run)).toBeUndefined()
})
