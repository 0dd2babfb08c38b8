import { createHash } from 'node:crypto'
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import {
  createFileJournal,
  createSessionId,
  createSessionStore,
  listSessions,
  missingOutputs,
  readBody,
  readSession,
  reopenFileJournal,
  type SessionStore,
} from '../../src/runtime/index.ts'
import { command, contextOf, dfOutput, header, step, tree } from '../session/kit.ts'
import { err, openStore, out, type Scene, scriptedTarget, steppingClock, temporaryFolder } from './kit.ts'

const exited = { kind: 'exited', code: 0 } as const
const context = contextOf(
  tree('node', [step('a', { commands: [command('a/1', 'df -h'), command('a/2', 'uptime')] }), step('b')]),
)
const reads = { type: 'run-reads' } as const
const runOf = ({ getSnapshot }: SessionStore) => {
  const run = getSnapshot().session.runs.get('r1')
  if (run === undefined) throw new Error('there is no run')
  return run
}
const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8)

/** A session whose two reads were run, closed, on disk. */
const kept = async (stateDir: string, df: Scene, sessionId = header.sessionId) => {
  const journal = createFileJournal({ stateDir, header: { ...header, sessionId } })
  const target = scriptedTarget({ 'df -h': { outcome: exited, ...df }, uptime: { outcome: exited } })
  const opened = openStore({ context, target, journal })
  opened.store.dispatch(reads)
  await opened.store.settled()
  return { ...opened, journal, path: join(stateDir, 'sessions', sessionId) }
}

describe('a session on disk', () => {
  it('reads back as it was live', async () => {
    const { store, path } = await kept(temporaryFolder(), { chunks: [out(dfOutput(96))] })
    await store.close('left')
    const stored = readSession(path)
    expect(stored.ok && stored.value.session).toEqual(store.getSnapshot().session)
    expect(stored).toMatchObject({ ok: true, value: { header, unfinished: [], notices: [], path } })
    expect(store.journalPath).toBe(path)
  })

  it('is for the eyes of its owner alone, whatever the umask', async () => {
    const umask = process.umask(0)
    onTestFinished(() => void process.umask(umask))
    const stateDir = join(temporaryFolder(), 'state')
    const { path } = await kept(stateDir, { chunks: [out('x\n')] })
    const bodies = join(path, 'bodies')
    expect([stateDir, path, bodies].map(modeOf)).toEqual(['700', '700', '700'])
    const files = [join(path, 'journal.jsonl'), ...readdirSync(bodies).map(name => join(bodies, name))]
    expect(files.map(modeOf)).toEqual(['600', '600'])
  })

  it('keeps whole outputs by their digest, with the lines that came on stderr', async () => {
    const { store, path } = await kept(temporaryFolder(), {
      chunks: [out('one\n'), err('two\nthree\n'), out('four\n'), err('five')],
    })
    const text = 'one\ntwo\nthree\nfour\nfive\n'
    const digest = createHash('sha256').update(text).digest('hex')
    const body = store.getSnapshot().session.runs.get('r1')?.body
    expect(body).toEqual({
      digest,
      stderrLines: [
        [2, 3],
        [5, 5],
      ],
    })
    expect(readFileSync(join(path, 'bodies', `${digest}.txt`), 'utf8')).toBe(text)
    expect(readdirSync(join(path, 'bodies'))).toEqual([`${digest}.txt`])
    expect(store.getSnapshot().session.runs.get('r2')?.body).toBeUndefined()
    expect(readBody(path, runOf(store))?.lines).toEqual(store.outputOf('r1').lines)
  })

  it('keeps over-long lines whole, and cuts them the same when they are read', async () => {
    const long = `${'x'.repeat(70_000)}😀${'y'.repeat(70_000)}`
    const { store, path } = await kept(temporaryFolder(), {
      chunks: [out(`${long}\nend\n`), err('z'.repeat(65_536))],
    })
    const run = runOf(store)
    expect(readFileSync(join(path, 'bodies', `${run.body?.digest}.txt`), 'utf8')).toBe(
      `${long}\nend\n${'z'.repeat(65_536)}\n`,
    )
    expect(readBody(path, run)?.lines).toEqual(store.outputOf('r1').lines)
  })

  it('does not give an output that is missing or was changed', async () => {
    const { store, path } = await kept(temporaryFolder(), { chunks: [out('one\n')] })
    const run = runOf(store)
    const { body } = run
    if (body === undefined) throw new Error('there is no body')
    appendFileSync(join(path, 'bodies', `${body.digest}.txt`), 'more\n')
    expect(readBody(path, run)).toBeUndefined()
    expect(readBody(path, { ...run, body: { ...body, digest: 'f00' } })).toBeUndefined()
  })

  it('reads the end of a long output alone, numbered and told apart as in the whole', async () => {
    const chunks = Array.from({ length: 3_000 }, (_, index) =>
      (index % 7 === 3 ? err : out)(`line ${index}\n`),
    )
    const { store, path } = await kept(temporaryFolder(), { chunks })
    const all = store.outputOf('r1').lines
    expect(all).toHaveLength(3_000)
    for (const maxBytes of [20, 1_000, 9_999, 30_000, 1_000_000]) {
      const part = readBody(path, runOf(store), { maxBytes, maxLines: 100_000 })
      expect(part).toMatchObject({ totalLines: 3_000, totalBytes: 28_890 })
      expect(part?.lines.length).toBeGreaterThan(0)
      expect(part?.lines).toEqual(all.slice((part?.firstLine ?? 0) - 1))
    }
  })

  it('has no folder before its first event', () => {
    const stateDir = temporaryFolder()
    createFileJournal({ stateDir, header }).close()
    expect(readdirSync(stateDir)).toEqual([])
  })
})

describe('going on with a session', () => {
  it('that was cut off drops the torn line and the runs whose end was never seen', async () => {
    const stateDir = temporaryFolder()
    const { path } = await kept(stateDir, { chunks: [out(dfOutput(96))] })
    const file = join(path, 'journal.jsonl')
    const lines = readFileSync(file, 'utf8').split('\n')
    const started = lines.findIndex(line => line.includes('"run-started","runId":"r2"'))
    writeFileSync(file, `${lines.slice(0, started + 1).join('\n')}\n${lines[started + 1]?.slice(0, 20)}`)

    const stored = readSession(path)
    if (!stored.ok) throw new Error(stored.error)
    expect(stored.value.notices).toHaveLength(1)
    expect(stored.value.unfinished.map(({ runId }) => runId)).toEqual(['r2'])

    const { executor } = scriptedTarget()
    const journal = reopenFileJournal(stored.value)
    const earlier = stored.value.events
    const store = createSessionStore({ ...context, executor, journal, clock: steppingClock(), earlier })
    store.dispatch({ type: 'resume', tool: 'runtree 0.2.0' })
    expect(store.outputOf('r1').lines).toHaveLength(2)
    store.dispatch({ type: 'go-next' })
    await store.close('resolved')
    const again = readSession(path)
    expect(again.ok && again.value.session).toEqual(store.getSnapshot().session)
    expect(again).toMatchObject({
      ok: true,
      value: { notices: [], unfinished: [], session: { closed: 'resolved' } },
    })
  })
})

describe('a journal that is opened again', () => {
  const reopened = async () => {
    const { store, path } = await kept(temporaryFolder(), { chunks: [out(dfOutput(96))] })
    await store.close('left')
    const stored = readSession(path)
    if (!stored.ok) throw new Error(stored.error)
    const open = () => {
      const { executor } = scriptedTarget()
      const { events } = stored.value
      const journal = reopenFileJournal(stored.value)
      return createSessionStore({ ...context, executor, journal, clock: steppingClock(), earlier: events })
    }
    return { path, open, file: join(path, 'journal.jsonl') }
  }

  it('goes on behind a last line that lacks nothing but its newline', async () => {
    const { path, open, file } = await reopened()
    writeFileSync(file, readFileSync(file, 'utf8').trimEnd())
    const store = open()
    store.dispatch({ type: 'resume', tool: 'runtree 0.2.0' })
    await store.close('resolved')
    const again = readSession(path)
    expect(again.ok && again.value.session).toEqual(store.getSnapshot().session)
  })

  it('is left alone when someone has gone on with it since it was read', async () => {
    const { path, open, file } = await reopened()
    const [late, early] = [open(), open()]
    early.dispatch({ type: 'resume', tool: 'runtree 0.2.0' })
    await early.close('resolved')
    const before = readFileSync(file, 'utf8')
    late.dispatch({ type: 'resume', tool: 'runtree 0.2.0' })
    expect(late.getSnapshot().notices).toContainEqual(
      expect.stringContaining('has gone on with this session'),
    )
    await late.close('left')
    expect(readFileSync(file, 'utf8')).toBe(before)
    expect(readdirSync(path)).not.toContain('lock')
  })

  it('says which outputs are not at hand', async () => {
    const { path, file } = await reopened()
    const stored = readSession(path)
    if (!stored.ok) throw new Error(stored.error)
    expect(missingOutputs(stored.value)).toEqual([])
    rmSync(join(path, 'bodies'), { recursive: true })
    expect(missingOutputs(stored.value)).toEqual([expect.stringContaining('one command is no longer kept')])
    writeFileSync(file, readFileSync(file, 'utf8').replace(/,"body":\{[^}]*\}/, ''))
    const without = readSession(path)
    expect(without.ok && missingOutputs(without.value)).toEqual([
      expect.stringContaining('could not be kept'),
    ])
  })
})

describe('what cannot be written', () => {
  it('is told in a sentence while the session goes on', async () => {
    const stateDir = join(temporaryFolder(), 'state')
    writeFileSync(stateDir, 'a file where a folder should be')
    const { store } = await kept(stateDir, { chunks: [out(dfOutput(96))] })
    expect(store.getSnapshot().notices).toEqual([
      expect.stringMatching(/^The session is not kept from here on: .*(ENOTDIR|EEXIST)/),
      expect.stringMatching(/^Outputs are not kept, from that of r1 on: /),
    ])
    expect(store.getSnapshot().session.runs.get('r1')?.findings).toHaveLength(1)
    await store.close('left')
    expect(store.getSnapshot().session.closed).toBe('left')
  })

  it.skipIf(process.getuid?.() === 0)('is told for a state directory that may only be read', async () => {
    const stateDir = temporaryFolder()
    chmodSync(stateDir, 0o500)
    const { store } = await kept(stateDir, {})
    expect(store.getSnapshot().notices).toEqual([expect.stringContaining('EACCES')])
  })

  it.runIf(existsSync('/dev/full'))('is told when the disk is full, and leaves no half file', async () => {
    const stateDir = temporaryFolder()
    const bodies = join(stateDir, 'sessions', header.sessionId, 'bodies')
    mkdirSync(bodies, { recursive: true })
    symlinkSync('/dev/full', join(bodies, 'r1.part'))
    const { store } = await kept(stateDir, { chunks: [out(dfOutput(96))] })
    expect(store.getSnapshot().notices).toEqual([
      expect.stringMatching(/^Outputs are not kept, from that of r1 on: ENOSPC/),
    ])
    expect(store.getSnapshot().session.runs.get('r1')).toMatchObject({ body: undefined, totalLines: 2 })
    expect(readdirSync(bodies)).toEqual([])
  })

  it('never overwrites another session', async () => {
    const stateDir = temporaryFolder()
    const first = await kept(stateDir, {})
    await first.store.close('left')
    const before = readFileSync(join(first.path, 'journal.jsonl'), 'utf8')
    const second = await kept(stateDir, {})
    expect(second.store.getSnapshot().notices).toEqual([expect.stringContaining('EEXIST')])
    expect(readFileSync(join(first.path, 'journal.jsonl'), 'utf8')).toBe(before)
  })
})

describe('earlier sessions', () => {
  it('are listed newest first, and broken ones with the reason', async () => {
    const stateDir = temporaryFolder()
    for (const sessionId of ['2026-11-20T08-00-00-aaaa', '2026-11-21T08-00-00-bbbb']) {
      const { store } = await kept(stateDir, {}, sessionId)
      if (sessionId.endsWith('bbbb')) await store.close('left')
    }
    mkdirSync(join(stateDir, 'sessions', '2026-11-19T08-00-00-cccc'))
    mkdirSync(join(stateDir, 'sessions', '2026-11-18T08-00-00-dddd'))
    writeFileSync(
      join(stateDir, 'sessions', '2026-11-18T08-00-00-dddd', 'journal.jsonl'),
      '{"type":"diary"}\n',
    )
    const { sessions, broken } = listSessions(stateDir)
    expect(
      sessions.map(({ header: { sessionId }, status, steps, commands }) => [
        sessionId,
        status,
        steps,
        commands,
      ]),
    ).toEqual([
      ['2026-11-21T08-00-00-bbbb', 'left', 1, 2],
      ['2026-11-20T08-00-00-aaaa', 'open', 1, 2],
    ])
    expect(broken.map(({ reason }) => reason)).toEqual([
      expect.stringContaining('ENOENT'),
      expect.stringContaining('not the header of a journal'),
    ])
    expect(listSessions(stateDir, 1).sessions).toHaveLength(1)
  })

  it('are none where there is no state directory', () => {
    expect(listSessions('/nowhere')).toEqual({ sessions: [], broken: [] })
    expect(readSession('/nowhere')).toMatchObject({ ok: false, error: expect.stringContaining('ENOENT') })
  })
})

it('names sessions so that they sort by time', () => {
  expect(createSessionId('2026-11-21T10:20:30.123Z', 'k3vd')).toBe('2026-11-21T10-20-30-123-k3vd')
  expect(createSessionId('2026-11-21T10:20:30.123Z')).toMatch(/^2026-11-21T10-20-30-123-[a-z2-9]{4}$/)
})
