import type { CommandRequest, Outcome, OutputChunk } from '../../src/base/index.ts'
import type { Executor } from '../../src/targets/index.ts'

/** How a line went, with all that it printed. */
export type LineRun = {
  readonly outcome: Outcome
  readonly stdout: string
  readonly stderr: string
  readonly chunks: readonly OutputChunk[]
}

/** What differs from a plain batch command without a time limit. */
export type LineSetup = Partial<Omit<CommandRequest, 'line'>> & {
  readonly signal?: AbortSignal
  readonly onChunk?: (chunk: OutputChunk) => void
}

/** A request for a line, plain but for what is given. */
export const requestFor = (line: string, setup: Partial<CommandRequest> = {}): CommandRequest => ({
  runId: 'run-1',
  line,
  place: undefined,
  mode: 'batch',
  timeoutMs: undefined,
  cwd: undefined,
  ...setup,
})

const textOf = (chunks: readonly OutputChunk[], stream: OutputChunk['stream']): string =>
  chunks
    .filter(chunk => chunk.stream === stream)
    .map(chunk => chunk.text)
    .join('')

/** Runs a line on a target and collects its output. */
export const runLine = async (executor: Executor, line: string, setup: LineSetup = {}): Promise<LineRun> => {
  const { signal = new AbortController().signal, onChunk, ...request } = setup
  const chunks: OutputChunk[] = []
  const collect = (chunk: OutputChunk): void => {
    chunks.push(chunk)
    onChunk?.(chunk)
  }
  const outcome = await executor.run(requestFor(line, request), collect, signal)
  return { outcome, stdout: textOf(chunks, 'stdout'), stderr: textOf(chunks, 'stderr'), chunks }
}

/** Runs a line and stops it as soon as it prints something. */
export const runUntilOutput = (executor: Executor, line: string, setup: LineSetup = {}): Promise<LineRun> => {
  const stop = new AbortController()
  return runLine(executor, line, { ...setup, signal: stop.signal, onChunk: () => stop.abort() })
}
