import { expect, it } from 'vitest'
import type { OutputChunk } from '../../../src/base/index.ts'
import type { PlainDesk } from '../../../src/cli/plain/follow-entry.ts'
import { followOutput } from '../../../src/cli/plain/follow-output.ts'
import { createOutputTimes } from '../../../src/cli/plain/output-times.ts'
import { createOutputBuffer } from '../../../src/runtime/index.ts'

type Store = PlainDesk['store']

/** What is printed of a run whose output comes in these pieces, each of which the store tells of. */
const printedOf = (...chunks: readonly OutputChunk[]): string => {
  const buffer = createOutputBuffer()
  const told = new Set<() => void>()
  const heard = new Set<(event: never) => void>()
  const store = {
    outputOf: buffer.snapshot,
    getSnapshot: () => ({ session: { runs: new Map([['r1', { runId: 'r1', phase: 'running' }]]) } }),
    subscribe: (listener: () => void) => {
      told.add(listener)
      return () => told.delete(listener)
    },
    onEvent: (listener: (event: never) => void) => {
      heard.add(listener)
      return () => heard.delete(listener)
    },
  } as unknown as Store
  let text = ''
  const outputs = (lines: string) => {
    text += `${lines}\n`
  }
  followOutput({ store, outputs, out: outputs, times: createOutputTimes() } as unknown as PlainDesk)
  for (const chunk of chunks) {
    buffer.push(chunk)
    for (const listener of told) listener()
  }
  buffer.end()
  for (const listener of heard) listener({ type: 'run-finished', runId: 'r1' } as never)
  return text
}

it('prints a line that came in pieces whole, and once', () => {
  const pieces = ['one\nha', 'lf a li', 'ne\nlast'].map((text): OutputChunk => ({ stream: 'stdout', text }))
  expect(printedOf(...pieces)).toBe('one\nhalf a line\nlast\n')
})

it('keeps the pieces of two streams apart', () => {
  expect(
    printedOf(
      { stream: 'stdout', text: 'to be ' },
      { stream: 'stderr', text: 'warn' },
      { stream: 'stderr', text: 'ing\n' },
      { stream: 'stdout', text: 'continued\n' },
    ),
  ).toBe('warning\nto be continued\n')
})
