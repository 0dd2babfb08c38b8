import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createFileJournal, readSession } from '../../src/runtime/index.ts'
import { canMount, mountSmallDisk } from '../kit/small-disk.ts'
import { command, contextOf, dfOutput, header, step, tree } from '../session/kit.ts'
import { openStore, out, scriptedTarget, temporaryFolder } from './kit.ts'

if (!canMount) console.warn('SKIP disks without room: mounting a tmpfs needs root')

const exited = { kind: 'exited', code: 0 } as const
const context = contextOf(
  tree('node', [
    step('a', { commands: [command('a/1', 'df -h'), command('a/2', 'uptime'), command('a/3', 'dmesg')] }),
    step('b'),
  ]),
)

const open = (stateDir: string, sessionId: string) => {
  const journal = createFileJournal({ stateDir, header: { ...header, sessionId } })
  const target = scriptedTarget({
    'df -h': { outcome: exited, chunks: [out(dfOutput(96))] },
    dmesg: { outcome: exited, chunks: [out('a line of the kernel\n'.repeat(1_000))] },
    uptime: { outcome: exited, chunks: [out('up 3 days\n')] },
  })
  const { store } = openStore({ context, target, journal })
  const run = async (commandId: string): Promise<void> => {
    store.dispatch({ type: 'run-command', commandId })
    await store.settled()
  }
  const path = join(stateDir, 'sessions', sessionId)
  return { store, run, path, notices: () => store.getSnapshot().notices }
}

const bytesOf = (path: string): string => readFileSync(join(path, 'journal.jsonl'), 'utf8')
const note = { type: 'add-note', text: 'n'.repeat(6_000) } as const

describe.skipIf(!canMount)('a disk that fills up in the midst of a session', () => {
  it('takes neither the session nor an earlier one, and what is missing is written when there is room again', async () => {
    const disk = mountSmallDisk(256)
    const earlier = open(disk.folder, 'earlier')
    await earlier.run('a/1')
    await earlier.store.close('left')
    const before = bytesOf(earlier.path)

    const { store, run, path, notices } = open(disk.folder, 'now')
    await run('a/1')
    expect(notices()).toEqual([])
    disk.fill()
    const whole = bytesOf(path)
    store.dispatch(note)
    expect(notices()).toEqual([expect.stringMatching(/^The session is not kept from here on: ENOSPC/)])
    // The note is longer than what the last page had left: it had begun to be written.
    expect(bytesOf(path)).toBe(whole)
    await run('a/2')
    expect(store.getSnapshot().session.runs.get('r2')).toMatchObject({ phase: 'finished', body: undefined })
    expect(store.outputOf('r2').lines.map(({ text }) => text)).toEqual(['up 3 days'])
    expect(notices()[1]).toMatch(/^Outputs are not kept, from that of r2 on: ENOSPC/)
    expect(readSession(path)).toMatchObject({ ok: true, value: { notices: [] } })
    expect(bytesOf(earlier.path)).toBe(before)

    disk.free()
    await run('a/2')
    expect(notices().slice(2)).toEqual([
      'The session is kept again, and none of its events is missing.',
      'Outputs are kept again, from that of r3 on.',
    ])
    disk.fill()
    store.dispatch(note)
    expect(notices().at(-1)).toMatch(/^The session is not kept from here on/)
    disk.free()
    await store.close('left')
    const stored = readSession(path)
    expect(stored.ok && stored.value.session).toEqual(store.getSnapshot().session)
    expect(readdirSync(path).sort()).toEqual(['bodies', 'journal.jsonl'])
    expect(readdirSync(join(path, 'bodies'))).toHaveLength(2)
  })

  it('that is full from the beginning gets the session once it is not', async () => {
    const disk = mountSmallDisk(64)
    disk.fill()
    const { store, run, path, notices } = open(disk.folder, 'now')
    await run('a/1')
    expect(notices()).toHaveLength(2)
    expect(readSession(path)).toMatchObject({ ok: false })
    disk.free()
    await store.close('left')
    const stored = readSession(path)
    expect(stored.ok && stored.value.session).toEqual(store.getSnapshot().session)
  })
})

it.skipIf(!canMount)(
  'a state directory that may only be read takes nothing from the session, and gets it when it may be written',
  async () => {
    const disk = mountSmallDisk(64)
    const earlier = open(disk.folder, 'earlier')
    await earlier.store.close('left')
    disk.setReadOnly('ro')
    const { store, run, path, notices } = open(disk.folder, 'now')
    await run('a/1')
    expect(notices().map(text => /EROFS/.test(text))).toEqual([true, true])
    expect(store.getSnapshot().session.runs.get('r1')?.findings).toHaveLength(1)
    expect(readdirSync(join(disk.folder, 'sessions'))).toEqual(['earlier'])
    disk.setReadOnly('rw')
    await store.close('left')
    const stored = readSession(path)
    expect(stored.ok && stored.value.session).toEqual(store.getSnapshot().session)
  },
)

describe('files that someone removes while a session is open', () => {
  it('do not keep a run from ending', async () => {
    const { store, run, path, notices } = open(temporaryFolder(), 'now')
    await run('a/2')
    store.dispatch({ type: 'run-command', commandId: 'a/3' })
    expect(readdirSync(join(path, 'bodies'))).toContain('r2.part')
    rmSync(join(path, 'bodies'), { recursive: true })
    await store.settled()
    expect(store.getSnapshot().session.runs.get('r2')).toMatchObject({ phase: 'finished', body: undefined })
    expect(notices()).toEqual([expect.stringMatching(/^Outputs are not kept, from that of r2 on: ENOENT/)])
    await run('a/1')
    expect(notices().at(-1)).toBe('Outputs are kept again, from that of r3 on.')
    expect(statSync(join(path, 'bodies')).isDirectory()).toBe(true)
  })

  it('are told of when it is the journal itself', async () => {
    const { run, path, notices } = open(temporaryFolder(), 'now')
    rmSync(path, { recursive: true })
    await run('a/2')
    expect(notices()).toEqual([
      expect.stringMatching(/^The session is not kept from here on: its file was removed/),
    ])
  })
})
