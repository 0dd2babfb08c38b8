import { afterEach, describe, expect, it, vi } from 'vitest'
import { createFileJournal, createSessionStore, type Journal, readSession } from '../../src/runtime/index.ts'
import { analyseOutput, replay, type StampedEvent } from '../../src/session/index.ts'
import { command, contextOf, dfOutput, header, ref, step, tree } from '../session/kit.ts'
import { openStore, out, scriptedTarget, steppingClock, temporaryFolder } from './kit.ts'

const exited = { kind: 'exited', code: 0 } as const
const context = contextOf(
  tree('node', [
    step('a', {
      commands: [
        command('a/1', 'df -h'),
        command('a/2', 'uptime'),
        command('a/3', 'systemctl restart kubelet'),
      ],
    }),
    step('b'),
  ]),
)
const reads = { type: 'run-reads' } as const
const runDf = { type: 'run-command', commandId: 'a/1' } as const

afterEach(() => {
  vi.useRealTimers()
})

describe('a store', () => {
  it('carries a run from the intent to its findings', async () => {
    const target = scriptedTarget({ 'df -h': { chunks: [out(dfOutput(96))], outcome: exited } })
    const { store, types } = openStore({ context, target })
    expect(store.dispatch(runDf)).toBeUndefined()
    await store.settled()
    expect(types()).toEqual([
      'session-opened',
      'step-entered',
      'run-requested',
      'run-started',
      'run-finished',
      'facts-derived',
      'findings-derived',
    ])
    const run = store.getSnapshot().session.runs.get('r1')
    expect(run?.findings.map(({ cause }) => cause)).toEqual(['disk-full'])
    expect(store.outputOf('r1').lines).toHaveLength(2)
    expect(target.requests).toEqual([
      {
        runId: 'r1',
        line: 'df -h',
        place: undefined,
        target: 'local',
        mode: 'batch',
        timeoutMs: 30_000,
        cwd: undefined,
      },
    ])
  })

  it('says of a long output, which it analyses in turns, what it says at once, and lets others have turns', async () => {
    const long = dfOutput(96) + '/dev/sdb1 100G 1G 99G 1% /mnt\n'.repeat(20_000)
    const target = scriptedTarget({ 'df -h': { chunks: [out(long)], outcome: exited } })
    const { store } = openStore({ context, target })
    const phases = new Set<string | undefined>()
    store.dispatch(runDf)
    const look = (): void => {
      const run = store.getSnapshot().session.runs.get('r1')
      phases.add(run?.phase)
      if (run?.phase === 'running') setImmediate(look)
    }
    look()
    await store.settled()
    const run = store.getSnapshot().session.runs.get('r1')
    const output = store.outputOf('r1')
    const { facts, findings } = analyseOutput(context, { command: 'df -h', outcome: exited, output })
    expect([run?.facts, run?.findings]).toEqual([facts, findings])
    expect(run?.findings.map(({ cause }) => cause)).toEqual(['disk-full'])
    expect(phases).toContain('running')
  })

  it('runs one command after the other, and has settled when the last has ended', async () => {
    const target = scriptedTarget({ 'df -h': { outcome: exited }, uptime: { outcome: exited } })
    const { store } = openStore({ context, target })
    store.dispatch(reads)
    expect(target.requests.map(({ line }) => line)).toEqual(['df -h'])
    await store.settled()
    expect(target.requests.map(({ line }) => line)).toEqual(['df -h', 'uptime'])
    expect([...store.getSnapshot().session.runs.values()].map(({ phase }) => phase)).toEqual([
      'finished',
      'finished',
    ])
  })

  it('gives the refusal, and starts nothing unasked', async () => {
    const target = scriptedTarget()
    const { store } = openStore({ context, target })
    expect(store.dispatch({ type: 'go-back' })).toMatchObject({ code: 'E_SESSION_TRAIL_END' })
    store.dispatch({ type: 'run-command', commandId: 'a/3' })
    await store.settled()
    store.dispatch({ type: 'answer-approval', answer: 'yes' })
    expect(target.requests).toEqual([])
    store.dispatch({ type: 'run-command', commandId: 'a/3' })
    store.dispatch({ type: 'answer-approval', answer: 'run' })
    expect(target.requests.map(({ line }) => line)).toEqual(['systemctl restart kubelet'])
    await store.close('left')
  })

  it('stops what runs when told to, and keeps what it printed until then', async () => {
    const target = scriptedTarget({ 'df -h': { chunks: [out('half a line')] } })
    const { store } = openStore({ context, target })
    store.dispatch(reads)
    store.dispatch({ type: 'cancel-run' })
    await store.settled()
    expect(store.getSnapshot().session.runs.get('r1')?.outcome).toEqual({ kind: 'canceled' })
    expect(store.getSnapshot().session.runs.get('r2')?.phase).toBe('dropped')
    expect(store.outputOf('r1').lines.map(({ text }) => text)).toEqual(['half a line'])
  })

  it('takes a target that throws for one that could not start', async () => {
    const target = scriptedTarget({ 'df -h': { throws: 'boom' } })
    const { store } = openStore({ context, target })
    store.dispatch(runDf)
    await store.settled()
    expect(store.getSnapshot().session.runs.get('r1')?.outcome).toMatchObject({
      kind: 'not-started',
      message: expect.stringContaining('boom'),
    })
  })

  it('ends a run also when its output trips the analysis, and says so', async () => {
    const parser = {
      name: 'trap',
      gives: [],
      recognises: () => true,
      recognisesText: () => true,
      parse: ({ stdout }: { stdout: string }) => {
        if (stdout !== '') throw new Error('trapped')
        return { facts: {}, lines: new Map(), diagnostics: [] }
      },
    }
    const target = scriptedTarget({ 'df -h': { chunks: [out('x\n')], outcome: exited } })
    const { store } = openStore({ context: { ...context, parsers: [parser] }, target })
    store.dispatch(runDf)
    await store.settled()
    expect(store.getSnapshot().session.runs.get('r1')).toMatchObject({ phase: 'finished', totalLines: 1 })
    expect(store.getSnapshot().notices).toEqual([expect.stringContaining('trapped')])
  })

  it('has nothing for a run that it does not know', () => {
    const { store } = openStore({ context, target: scriptedTarget() })
    expect(store.outputOf('r9')).toEqual({ firstLine: 1, lines: [], totalLines: 0, totalBytes: 0 })
  })
})

describe('those who watch', () => {
  it('are told only of what is in the journal already', () => {
    const kept: StampedEvent[] = []
    const journal = {
      ...createFileJournal({ stateDir: '/nowhere', header }),
      append: (events: readonly StampedEvent[]) => void kept.push(...events),
    } satisfies Journal
    const { store } = openStore({ context, target: scriptedTarget(), journal })
    store.onEvent(event => expect(kept).toContainEqual(event))
    store.subscribe(() => expect(store.getSnapshot().session.seq).toBe(kept.length))
    store.dispatch(reads)
    store.dispatch({ type: 'go-next' })
    expect(kept.length).toBeGreaterThan(4)
  })

  it('see every event once and in order, also when one of them brings about more', () => {
    const { store, events } = openStore({ context, target: scriptedTarget() })
    store.onEvent(event => {
      if (event.type === 'note-added' && event.text === 'first')
        store.dispatch({ type: 'add-note', text: 'second' })
    })
    const late: number[] = []
    store.onEvent(({ seq }) => late.push(seq))
    store.dispatch({ type: 'add-note', text: 'first' })
    expect(events.map(({ seq }) => seq)).toEqual([1, 2, 3, 4])
    expect(late).toEqual([3, 4])
    expect(replay(events)).toEqual(store.getSnapshot().session)
  })

  it('get a new picture when something changed, and the same one otherwise', () => {
    const { store } = openStore({ context, target: scriptedTarget() })
    const before = store.getSnapshot()
    store.dispatch({ type: 'go-back' })
    expect(store.getSnapshot()).toBe(before)
    store.dispatch({ type: 'go-next' })
    expect(store.getSnapshot()).not.toBe(before)
  })

  it('are told of output 15 times a second at most, and no timer runs when nothing comes', () => {
    vi.useFakeTimers()
    const target = scriptedTarget()
    const { store } = openStore({ context, target })
    store.dispatch(runDf)
    expect(vi.getTimerCount()).toBe(0)
    let told = 0
    store.subscribe(() => {
      told += 1
    })
    const before = store.getSnapshot()
    for (let line = 0; line < 100; line += 1) target.say(`${line}\n`)
    expect(told).toBe(0)
    expect(store.getSnapshot()).toBe(before)
    vi.advanceTimersByTime(66)
    expect(told).toBe(1)
    expect(store.getSnapshot().outputVersion).toBe(100)
    expect(vi.getTimerCount()).toBe(0)
    vi.advanceTimersByTime(1_000)
    expect(told).toBe(1)
  })

  it('are not told any more once they have left', () => {
    const { store } = openStore({ context, target: scriptedTarget() })
    let told = 0
    store.subscribe(() => {
      told += 1
    })()
    store.dispatch({ type: 'go-next' })
    expect(told).toBe(0)
  })
})

describe('a clock that is set back', () => {
  it('is told of once for each time, and takes nothing from the order of events', () => {
    const times = ['10:00:00', '10:00:05', '10:00:04.500', '09:00:00', '09:00:01', '08:59:00']
    const clock = { now: () => `2026-11-21T${(times.shift() ?? '09:30:00').padEnd(12, '.000')}Z` }
    const journal = createFileJournal({ stateDir: temporaryFolder(), header })
    const { executor } = scriptedTarget()
    const store = createSessionStore({ ...context, executor, journal, clock })
    const events: StampedEvent[] = []
    store.onEvent(event => events.push(event))
    store.dispatch({ type: 'begin', header, at: ref('a') })
    for (let note = 1; note <= 5; note += 1) store.dispatch({ type: 'add-note', text: `note ${note}` })
    expect(store.getSnapshot().notices).toEqual([
      expect.stringMatching(/set back by 3605 s, from 2026-11-21T10:00:04\.500Z/),
      expect.stringMatching(/set back by 61 s, from 2026-11-21T09:00:01\.000Z/),
    ])
    expect(events.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7])
    expect(readSession(store.journalPath ?? '')).toMatchObject({
      ok: true,
      value: { session: { notes: [1, 2, 3, 4, 5].map(note => ({ text: `note ${note}` })) } },
    })
  })
})

describe('closing', () => {
  it('stops what runs, waits for its end, and then closes the session', async () => {
    const { store, types } = openStore({
      context,
      target: scriptedTarget({ 'df -h': { chunks: [out('x\n')] } }),
    })
    store.dispatch(reads)
    await store.close('interrupted')
    expect(types().slice(-5)).toEqual([
      'run-dropped',
      'run-finished',
      'facts-derived',
      'findings-derived',
      'session-closed',
    ])
    expect(store.getSnapshot().session).toMatchObject({ closed: 'interrupted' })
    expect(store.getSnapshot().session.runs.get('r1')).toMatchObject({ phase: 'finished', totalLines: 1 })
  })

  it('happens once, and nothing is followed afterwards', async () => {
    const { store, types } = openStore({ context, target: scriptedTarget() })
    await Promise.all([store.close('left'), store.close('failed')])
    expect(types().filter(type => type === 'session-closed')).toHaveLength(1)
    expect(store.getSnapshot().session.closed).toBe('left')
    expect(store.dispatch({ type: 'go-next' })).toMatchObject({ code: 'E_SESSION_CLOSED' })
  })

  it('by an intent stops what runs too, and the late end is let go of', async () => {
    const target = scriptedTarget()
    const { store, types } = openStore({ context, target })
    store.dispatch(runDf)
    store.dispatch({ type: 'close', status: 'resolved' })
    await store.settled()
    expect(types().at(-1)).toBe('session-closed')
    await store.close('left')
    expect(store.getSnapshot().session.closed).toBe('resolved')
  })

  it('before anything began is quiet', async () => {
    const { executor } = scriptedTarget()
    const journal = createFileJournal({ stateDir: temporaryFolder(), header })
    const store = createSessionStore({ ...context, executor, journal, clock: steppingClock() })
    await store.close('left')
    expect(store.getSnapshot().session.header).toBeUndefined()
    expect(store.dispatch({ type: 'begin', header, at: ref('a') })).toMatchObject({
      code: 'E_SESSION_CLOSED',
    })
  })
})
