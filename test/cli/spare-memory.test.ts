import { expect, test } from 'vitest'
import type { CommandRequest, OutputChunk } from '../../src/base/index.ts'
import { countingExecutor } from '../../src/cli/spare-memory.ts'
import type { Executor } from '../../src/targets/index.ts'

test('an executor whose output is counted passes everything on', async () => {
  const chunks: readonly OutputChunk[] = [
    { stream: 'stdout', text: 'one\n' },
    { stream: 'stderr', text: 'two\n' },
  ]
  const executor: Executor = {
    target: { name: 'local', host: 'here', reach: 'machine' },
    run: async (_request, sink) => {
      chunks.forEach(sink)
      return { kind: 'exited', code: 3, durationMs: 1 }
    },
    close: async () => undefined,
  }
  const seen: OutputChunk[] = []
  const counting = countingExecutor(executor)
  const request: CommandRequest = {
    runId: 'r1',
    line: 'true',
    place: undefined,
    target: undefined,
    mode: 'batch',
    timeoutMs: 1_000,
    cwd: undefined,
  }
  const outcome = await counting.run(request, chunk => seen.push(chunk), new AbortController().signal)
  expect(seen).toEqual(chunks)
  expect(outcome).toMatchObject({ kind: 'exited', code: 3 })
  expect(counting.target).toBe(executor.target)
})
