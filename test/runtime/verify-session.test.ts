import { appendFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  createFileJournal,
  rotateOutputs,
  type Verification,
  verifySession,
} from '../../src/runtime/index.ts'
import { differences } from '../../src/runtime/verify/differences.ts'
import { command, contextOf, dfOutput, header, step, tree } from '../session/kit.ts'
import { openStore, out, scriptedTarget, temporaryFolder } from './kit.ts'

const context = contextOf(
  tree('node', [step('a', { commands: [command('a/1', 'df -h'), command('a/2', 'uptime')] })]),
)
const exited = { kind: 'exited', code: 0 } as const

const kept = async () => {
  const stateDir = temporaryFolder()
  const journal = createFileJournal({ stateDir, header })
  const target = scriptedTarget({
    'df -h': { outcome: exited, chunks: [out(dfOutput(96))] },
    uptime: { outcome: exited, chunks: [out('up 3 days\n')] },
  })
  const { store } = openStore({ context, target, journal })
  store.dispatch({ type: 'run-reads' })
  await store.settled()
  await store.close('left')
  const path = join(stateDir, 'sessions', header.sessionId)
  const file = join(path, 'journal.jsonl')
  const edit = (change: (text: string) => string): void =>
    writeFileSync(file, change(readFileSync(file, 'utf8')))
  const digest = store.getSnapshot().session.runs.get('r1')?.body?.digest ?? ''
  return { stateDir, path, edit, body: join(path, 'bodies', `${digest}.txt`) }
}
const told = ({ remarks }: Verification) =>
  remarks.map(({ kind, runId, line, text }) => `${kind} ${runId ?? line ?? ''} ${text}`)
const verify = (path: string) => told(verifySession(path, context))

describe('a session on disk', () => {
  it('is whole as it was written', async () => {
    const { path } = await kept()
    expect(verifySession(path, context)).toEqual({
      id: header.sessionId,
      path,
      events: 13,
      outputs: 2,
      remarks: [],
    })
  })

  it('is damaged where an output was changed or is gone, and not where it was let go', async () => {
    const { stateDir, path, body } = await kept()
    appendFileSync(body, 'more\n')
    expect(verify(path)).toEqual([expect.stringMatching(/^damage r1 Its output is not what it was/)])
    rmSync(body)
    expect(verify(path)).toEqual([expect.stringMatching(/^damage r1 Its output is gone/)])
    await rotateOutputs({ stateDir, keeping: { days: 1, bytes: 0 }, nowMs: Date.now() })
    expect(verify(path)).toEqual([
      'remark r1 Its output was let go, as the settings say.',
      'remark r2 Its output was let go, as the settings say.',
    ])
  })

  it('is damaged where the sequence is, with the line', async () => {
    const { path, edit } = await kept()
    edit(text => text.replace('"seq":4,', '"seq":5,'))
    expect(verify(path)).toEqual([expect.stringMatching(/^damage 5 /)])
  })

  it('is damaged where it opens another session than its header names, or has no times', async () => {
    const { path, edit } = await kept()
    edit(text =>
      text.replace('"host":"worker-2"', '"host":"worker-3"').replace(/"at":"[^"]*"(?=}\n$)/, '"at":"then"'),
    )
    expect(verify(path)).toEqual([
      expect.stringMatching(/^damage 2 .*header/),
      expect.stringMatching(/^damage 14 "then" is no time/),
    ])
  })

  it('is remarked on where the clock was set back, a line was cut off, or files are left over', async () => {
    const { path, edit } = await kept()
    const third = JSON.parse(readFileSync(join(path, 'journal.jsonl'), 'utf8').split('\n')[3] ?? '').at
    edit(text => `${text.replace(`"at":"${third}"`, '"at":"2026-11-21T09:20:30.000Z"')}{"type":"note-a`)
    writeFileSync(join(path, 'bodies', 'r9.part'), 'half')
    expect(verify(path)).toEqual([
      expect.stringMatching(/^remark {2}The last line .* cut off/),
      expect.stringMatching(/^remark 4 The clock stood \d+\.\d s before/),
      expect.stringMatching(/^remark {2}bodies\/r9\.part is the beginning/),
    ])
  })

  it('shows line by line what today would be concluded otherwise', async () => {
    const { path, edit } = await kept()
    edit(text =>
      text
        .replace('"usePercent":96', '"usePercent":69')
        .replace(/"cause":"disk-full"/, '"cause":"disk-broken"'),
    )
    expect(verify(path)).toEqual([
      'drift r1 filesystems[0].usePercent was 69; today it is 96.',
      expect.stringMatching(/^drift r1 disk-broken was found \(.*line 2\), and is not today\.$/),
      expect.stringMatching(/^drift r1 disk-full is found today \(.*line 2\), and was not\.$/),
    ])
  })

  it('is only read', async () => {
    const { path } = await kept()
    const look = () =>
      readdirSync(path, { recursive: true, withFileTypes: true })
        .filter(entry => entry.isFile())
        .map(entry => [entry.name, readFileSync(join(entry.parentPath, entry.name), 'utf8')])
    const before = look()
    verify(path)
    expect(look()).toEqual(before)
  })

  it('that is not there is said to be', () => {
    expect(verify('/nowhere/at-all')).toEqual([
      expect.stringMatching(/^damage {2}The journal cannot be read: ENOENT/),
    ])
  })
})

it('two JSON values differ exactly where they are not equal', () => {
  const json = fc.jsonValue().map((value): unknown => JSON.parse(JSON.stringify(value)))
  fc.assert(
    fc.property(json, json, (one, other) => {
      expect(differences(one, structuredClone(one))).toEqual([])
      expect(differences(one, other).length === 0).toBe(isDeepStrictEqual(one, other))
    }),
  )
  expect(differences({ a: [1, 2], b: 1 }, { a: [1, 3, 4], c: 1 })).toEqual([
    { path: 'a[1]', before: 2, after: 3 },
    { path: 'a[2]', before: undefined, after: 4 },
    { path: 'b', before: 1, after: undefined },
    { path: 'c', before: undefined, after: 1 },
  ])
})
