import { type CapturedOutput, type CommandRequest, type Outcome, reasonOf } from '../base/index.ts'
import { createRedactor, type MaskCounts, type Redaction } from '../redaction/index.ts'
import { type Body, type Run, revealSeals, type Secrets } from '../session/index.ts'
import type { Executor } from '../targets/index.ts'
import { createLineIndex } from './line-index.ts'
import { createOutputBuffer } from './output-buffer.ts'
import { createOutputPages, type OutputPages } from './output-pages.ts'
import { createSecretMask } from './secret-mask.ts'
import { createStreamNotes } from './stream-notes.ts'
import type { BodyWriter } from './types.ts'

/** A run while it is on the target. */
export type LiveRun = {
  readonly output: () => CapturedOutput
  /** Its lines as they are on disk. */
  readonly pages: OutputPages
  readonly cancel: () => void
  /** Resolves when the command has ended and its output is on disk. Never rejects. */
  readonly ended: Promise<EndedRun>
}

/** How a run ended and where its full output is kept. */
export type EndedRun = {
  readonly outcome: Outcome
  readonly body: Body | undefined
  /** How often secrets were masked; left out when there was none. */
  readonly masked?: MaskCounts
}

/** What a run is started with; `onOutput` is called for each piece that came. */
export type LiveRunOptions = {
  readonly run: Run
  readonly executor: Executor
  readonly body: BodyWriter
  /** Put into the command, and masked in what it prints. */
  readonly secrets: Secrets
  /** Masks what looks like a secret. */
  readonly redaction: Redaction
  readonly onOutput: () => void
}

const requestOf = (
  { runId, line, sealed, place, machine, mode, timeoutMs, cwd }: Run,
  secrets: Secrets,
): CommandRequest => ({
  runId,
  line: sealed === undefined ? line : revealSeals(sealed, secrets),
  place,
  target: machine?.target,
  mode,
  timeoutMs,
  cwd,
})

const notStarted = (error: unknown): Outcome => ({
  kind: 'not-started',
  reason: 'refused',
  message: `The target failed: ${reasonOf(error)}`,
})

/** Targets promise never to throw; were one to break it, the run would otherwise never end. */
const runOn = async (executor: Executor, ...given: Parameters<Executor['run']>): Promise<Outcome> => {
  try {
    return await executor.run(...given)
  } catch (error) {
    return notStarted(error)
  }
}

/** Starts a run on a target, and takes its output to the buffer and to the body. */
export const startLiveRun = (options: LiveRunOptions): LiveRun => {
  const { run, executor, body, secrets, redaction, onOutput } = options
  const mask = createSecretMask(secrets)
  const redactor = createRedactor(redaction, run.line)
  const controller = new AbortController()
  const notes = createStreamNotes()
  const index = createLineIndex()
  const buffer = createOutputBuffer({
    onBytes: body.write,
    onLine: (number, stream, start) => {
      notes.add(number, stream)
      index.note(number, start)
    },
  })
  const pages = createOutputPages({ index, path: body.path, streamOf: notes.streamOf })
  let isOver = false

  const conduct = async (): Promise<EndedRun> => {
    const sink: Parameters<Executor['run']>[1] = chunk => {
      if (isOver) return
      buffer.push(redactor.pass(mask.pass(chunk)))
      onOutput()
    }
    const ended = await runOn(executor, requestOf(run, secrets), sink, controller.signal)
    isOver = true
    for (const chunk of mask.rest()) buffer.push(redactor.pass(chunk))
    for (const chunk of redactor.rest()) buffer.push(chunk)
    const outcome =
      'message' in ended ? { ...ended, message: redaction.text(mask.text(ended.message)) } : ended
    const masked = redactor.counts()
    buffer.end()
    const digest = await body.finish()
    return {
      outcome,
      body: digest === undefined ? undefined : { digest, stderrLines: notes.stderrLines() },
      ...(Object.keys(masked).length === 0 ? {} : { masked }),
    }
  }

  return { output: buffer.snapshot, pages, cancel: () => controller.abort(), ended: conduct() }
}
