import { describe, expect, it } from 'vitest'
import { createFileJournal } from '../../src/runtime/index.ts'
import { createOutputShelf } from '../../src/runtime/output-shelf.ts'
import { contextOf, header, printed, step, tree } from '../session/kit.ts'
import { openStore, out, scriptedTarget, temporaryFolder } from './kit.ts'

const sized = (bytes: number) => ({ ...printed('x'), totalBytes: bytes })

describe('the outputs at hand', () => {
  it('are the newest that fit', () => {
    const shelf = createOutputShelf(30_000)
    for (const runId of ['r1', 'r2', 'r3']) shelf.put(runId, sized(12_000))
    expect([shelf.get('r1'), shelf.get('r2')?.totalBytes, shelf.get('r3')?.totalBytes]).toEqual([
      undefined,
      12_000,
      12_000,
    ])
  })

  it('hold the newest one in any case', () => {
    const shelf = createOutputShelf(30_000)
    shelf.put('r1', sized(10_000))
    shelf.put('r2', sized(99_000))
    expect([shelf.get('r1'), shelf.get('r2')?.totalBytes]).toEqual([undefined, 99_000])
  })
})

it('an output that is no longer at hand is read from disk again', async () => {
  const journal = createFileJournal({ stateDir: temporaryFolder(), header })
  const chunks = [out(`${'x'.repeat(1_000)}\n`.repeat(9_000))]
  const lines = Array.from({ length: 6 }, (_, index) => `cat /proc/${index}`)
  const scenes = Object.fromEntries(
    lines.map(line => [line, { chunks, outcome: { kind: 'exited', code: 0 } as const }]),
  )
  const { store } = openStore({
    context: contextOf(tree('node', [step('a')])),
    target: scriptedTarget(scenes),
    journal,
  })
  for (const line of lines) store.dispatch({ type: 'run-ad-hoc', line })
  await store.settled()
  const [first, last] = [store.outputOf('r1'), store.outputOf('r6')]
  expect(first).toMatchObject({ totalLines: 9_000, totalBytes: 9_009_000 })
  // From the disk as many lines come as the bound has room for; while an output runs, a whole part of it is let go of at a time.
  expect(first.lines.length).toBeGreaterThanOrEqual(last.lines.length)
  expect(first.lines.length).toBeLessThan(9_000)
  expect(first.lines.at(-1)).toEqual(last.lines.at(-1))
})
