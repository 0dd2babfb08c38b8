import { mkdirSync, readdirSync, readFileSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  bytesOf,
  clearRemains,
  createFileJournal,
  listSessions,
  missingOutputs,
  planPrune,
  readSession,
  removeSession,
  reopenFileJournal,
  rotateOutputs,
  type WeighedSession,
  weighSessions,
} from '../../src/runtime/index.ts'
import { planRotation } from '../../src/runtime/keeping/plan-rotation.ts'
import { lockSession } from '../../src/runtime/session-lock.ts'
import { command, contextOf, header, step, tree } from '../session/kit.ts'
import { openStore, out, scriptedTarget, temporaryFolder } from './kit.ts'

const DAY = 24 * 3_600_000
const NOW = Date.UTC(2026, 10, 21)

const weighed = (id: string, daysAgo: number, more: Partial<WeighedSession> = {}): WeighedSession => ({
  id,
  path: `/state/sessions/${id}`,
  usedMs: NOW - daysAgo * DAY,
  journalBytes: 10,
  outputBytes: 100,
  owner: undefined,
  ...more,
})
const ids = (sessions: readonly WeighedSession[]) => sessions.map(({ id }) => id)

describe('outputs go', () => {
  const sessions = [weighed('d', 1), weighed('c', 10), weighed('b', 40), weighed('a', 100)]

  it.each([
    ['when they are older than so many days', { days: 30, bytes: 1e9 }, ['a', 'b']],
    ['oldest first, until the others fit', { days: 365, bytes: 250 }, ['a', 'b']],
    ['by whichever limit comes first', { days: 90, bytes: 250 }, ['a', 'b']],
    ['not at all within both limits', { days: 100, bytes: 400 }, []],
    ['not at all without limits', { days: Number.POSITIVE_INFINITY, bytes: Number.POSITIVE_INFINITY }, []],
  ])('%s', (_, keeping, expected) => {
    expect(ids(planRotation(sessions, keeping, NOW))).toEqual(expected)
  })

  it('never of a session that is open, though it counts', () => {
    const open = [
      weighed('d', 0, { owner: 7, outputBytes: 1_000 }),
      weighed('c', 1),
      weighed('b', 2, { owner: 8 }),
    ]
    expect(ids(planRotation(open, { days: 365, bytes: 1_050 }, NOW))).toEqual(['c'])
  })

  it('never by a clock that has gone ahead by years', () => {
    const later = NOW + 4_000 * DAY
    const open = [weighed('e', 0, { owner: 7, usedMs: later }), ...sessions]
    expect(ids(planRotation(open, { days: 30, bytes: 1e9 }, later))).toEqual(['a', 'b'])
  })
})

describe('sessions go', () => {
  const sessions = [weighed('d', 1), weighed('c', 10), weighed('b', 40), weighed('a', 100)]

  it.each([
    ['by age', { olderThanMs: 30 * DAY }, ['a', 'b']],
    ['by size, the oldest first', { mostBytes: 250 }, ['a', 'b']],
    ['all but the newest', { keep: 1 }, ['a', 'b', 'c']],
    ['by age, but for the newest', { olderThanMs: 5 * DAY, keep: 3 }, ['a']],
    ['by size, but for the newest', { mostBytes: 0, keep: 3 }, ['a']],
    ['by age or by size', { olderThanMs: 60 * DAY, mostBytes: 330 }, ['a']],
  ])('%s', (_, limits, expected) => {
    expect(ids(planPrune(sessions, limits, NOW).gone)).toEqual(expected)
  })

  it('never while they are open', () => {
    const all = sessions.map(session => (session.id === 'b' ? { ...session, owner: 7 } : session))
    const plan = planPrune(all, { keep: 1 }, NOW)
    expect([ids(plan.gone), ids(plan.open), ids(plan.left)]).toEqual([['a', 'c'], ['b'], ['d', 'b']])
  })

  it('only as far as a limit asks, whatever there is', () => {
    const session = fc.record({ daysAgo: fc.nat(400), bytes: fc.nat(500), isOpen: fc.boolean() })
    fc.assert(
      fc.property(fc.array(session), fc.nat(3_000), fc.nat(10), (list, mostBytes, keep) => {
        const all = list.map(({ daysAgo, bytes, isOpen }, index) =>
          weighed(`s${index}`, daysAgo, { outputBytes: bytes, ...(isOpen ? { owner: 1 } : {}) }),
        )
        const { gone, left } = planPrune(all, { mostBytes, keep }, NOW)
        const sum = (some: readonly WeighedSession[]) => some.reduce((total, one) => total + bytesOf(one), 0)
        expect(left.slice(0, keep)).toEqual(all.slice(0, keep))
        expect(gone.some(({ owner }) => owner !== undefined)).toBe(false)
        const couldGo = left.slice(keep).filter(({ owner }) => owner === undefined)
        if (sum(left) > mostBytes) expect(couldGo).toEqual([])
        // The last to go had to: with it there would still be too much.
        const last = gone.at(-1)
        if (last !== undefined) expect(sum(left) + bytesOf(last)).toBeGreaterThan(mostBytes)
      }),
    )
  })
})

const context = contextOf(tree('node', [step('a', { commands: [command('a/1', 'uptime')] })]))

const kept = async (stateDir: string, sessionId: string, daysAgo: number) => {
  const journal = createFileJournal({ stateDir, header: { ...header, sessionId } })
  const outcome = { kind: 'exited', code: 0 } as const
  const target = scriptedTarget({ uptime: { outcome, chunks: [out(`up since ${sessionId}\n`)] } })
  const { store } = openStore({ context, target, journal })
  store.dispatch({ type: 'run-reads' })
  await store.settled()
  await store.close('left')
  const path = join(stateDir, 'sessions', sessionId)
  const at = new Date(NOW - daysAgo * DAY)
  utimesSync(join(path, 'journal.jsonl'), at, at)
  return path
}

describe('on disk', () => {
  it('outputs that were rotated away leave a session that reads as it was, and says so', async () => {
    const stateDir = temporaryFolder()
    const [old, young] = [await kept(stateDir, 'a', 100), await kept(stateDir, 'b', 1)]
    const before = readSession(old)
    const keeping = { days: 30, bytes: 1e9 }
    expect(await rotateOutputs({ stateDir, keeping, nowMs: NOW })).toEqual({ sessions: 1, bytes: 11 })
    expect(readdirSync(old).sort()).toEqual(['journal.jsonl', 'rotated'])
    expect(readdirSync(join(old, 'rotated'))).toEqual([])
    const stored = readSession(old)
    if (!stored.ok) throw new Error(stored.error)
    expect(stored).toEqual(before)
    expect(missingOutputs(stored.value)).toEqual([expect.stringContaining('no longer kept')])
    expect(readdirSync(join(young, 'bodies'))).toHaveLength(1)
    expect(await rotateOutputs({ stateDir, keeping, nowMs: NOW })).toEqual({ sessions: 0, bytes: 0 })
  })

  it('outputs can go again of a session that was gone on with, also where it was cut short', async () => {
    const stateDir = temporaryFolder()
    const path = await kept(stateDir, 'a', 100)
    mkdirSync(join(path, 'rotated'))
    writeFileSync(join(path, 'rotated', 'left-over.txt'), 'x')
    const keeping = { days: 365, bytes: 0 }
    expect(await rotateOutputs({ stateDir, keeping, nowMs: NOW })).toEqual({ sessions: 1, bytes: 12 })
    expect(readdirSync(join(path, 'rotated'))).toEqual([])
  })

  it('an open session keeps its outputs, and is not removed', async () => {
    const stateDir = temporaryFolder()
    const path = await kept(stateDir, 'a', 100)
    const stored = readSession(path)
    if (!stored.ok) throw new Error(stored.error)
    const journal = reopenFileJournal(stored.value)
    journal.append([
      { type: 'session-resumed', tool: 'x', seq: stored.value.session.seq + 1, at: header.startedAt },
    ])
    expect((await weighSessions(stateDir)).map(({ owner }) => owner)).toEqual([process.pid])
    await rotateOutputs({ stateDir, keeping: { days: 1, bytes: 0 }, nowMs: NOW })
    expect(readdirSync(join(path, 'bodies'))).toHaveLength(1)
    journal.close()
    writeFileSync(join(path, 'lock'), '1 \n')
    expect(removeSession(path)).toMatchObject({ ok: false, error: expect.stringContaining('process 1') })
    expect(readSession(path).ok).toBe(true)
  })

  it('a session is removed whole, and what a removal that was cut short left goes with the next', async () => {
    const stateDir = temporaryFolder()
    const path = await kept(stateDir, 'a', 100)
    const sessions = join(stateDir, 'sessions')
    mkdirSync(join(sessions, '.gone-z'))
    lockSession(join(sessions, '.gone-z'))
    writeFileSync(join(sessions, '.gone-z', 'lock'), '999999999 1')
    expect(listSessions(stateDir).broken).toEqual([])
    expect(removeSession(path)).toEqual({ ok: true, value: undefined })
    clearRemains(stateDir)
    expect(readdirSync(sessions)).toEqual([])
  })

  it('what is none of ours is never weighed: foreign files, and links to elsewhere', async () => {
    const stateDir = temporaryFolder()
    const path = await kept(stateDir, 'a', 100)
    const foreign = join(stateDir, 'sessions', 'photos')
    mkdirSync(foreign)
    mkdirSync(join(stateDir, 'sessions', 'empty'))
    writeFileSync(join(foreign, 'beach.jpg'), '')
    const elsewhere = await kept(temporaryFolder(), 'b', 100)
    symlinkSync(elsewhere, join(stateDir, 'sessions', 'link'))
    expect(await weighSessions(stateDir)).toEqual([
      {
        id: 'a',
        path,
        usedMs: NOW - 100 * DAY,
        journalBytes: readFileSync(join(path, 'journal.jsonl')).length,
        outputBytes: 11,
        owner: undefined,
      },
    ])
  })
})
