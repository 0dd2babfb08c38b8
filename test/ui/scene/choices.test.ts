import { describe, expect, it } from 'vitest'
import { bindings } from '../../../src/ui/keys/bindings.ts'
import { choicesOf } from '../../../src/ui/scene/choices.ts'
import { pathEntries } from '../../../src/ui/scene/path-entries.ts'
import { fullDisk, nodeContext, nodeRunbook, testInstant } from '../../kit/render-runbook.ts'
import { createFakeStore, type FakeStore } from '../../kit/render-store.ts'

const { library } = nodeContext

const open = (step: string): FakeStore =>
  createFakeStore({ context: nodeContext, at: { runbook: 'node-checks', step }, now: () => testInstant })

const choicesIn = (store: FakeStore) => {
  const { session } = store.getSnapshot()
  const ref = session.current ?? { runbook: '', step: '' }
  const step = nodeRunbook.stepById.get(ref.step)
  if (step === undefined) throw new Error('no step')
  return choicesOf({ session, library, ref, step, keys: { bindings } })
}

const runDisk = (store: FakeStore): void => {
  store.dispatch({ type: 'run-command', commandId: 'disk/1' })
  store.print('r1', fullDisk)
  store.end('r1')
}

describe('choicesOf', () => {
  it('lists branches by number, then the next step, then any other', () => {
    expect(choicesIn(open('disk')).map(choice => choice.key)).toEqual(['1', '2', '3', '4', ']', '/'])
  })

  it('says that nothing was checked before a command ran', () => {
    expect(choicesIn(open('disk')).map(choice => choice.standing)).toEqual([
      'open',
      'open',
      'choice',
      'open',
      'free',
      'free',
    ])
  })

  it('recommends by what the output says, with the proof, rules "otherwise" out, and waits with what a command may still show', () => {
    const store = open('disk')
    runDisk(store)
    const [first, second, third, fourth] = choicesIn(store)
    expect(first).toMatchObject({ standing: 'recommended', title: 'Free space' })
    expect(first?.because).toContain('/var is 97 % full')
    expect(second?.standing).toBe('unknown')
    expect(third?.standing).toBe('choice')
    expect(fourth?.standing).toBe('ruled-out')
  })

  it('names the ends of a triage', () => {
    expect(choicesIn(open('free-space')).map(choice => choice.title)).toContain('Resolved: close this triage')
  })
})

describe('pathEntries', () => {
  it('shows where we were with what was found, where we are and where it goes on', () => {
    const store = open('disk')
    runDisk(store)
    store.dispatch({ type: 'take-branch', branch: 1 })
    const { session } = store.getSnapshot()
    const entries = pathEntries({ session, library }, choicesIn(store))
    expect(entries.map(entry => entry.state)).toEqual(['trouble', 'here'])
  })

  it('lists a step once that two branches lead to', () => {
    const store = open('disk')
    const { session } = store.getSnapshot()
    const entries = pathEntries({ session, library }, choicesIn(store))
    expect(entries.map(entry => entry.state)).toEqual(['here', 'ahead', 'ahead', 'ahead'])
  })
})
