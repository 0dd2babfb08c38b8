import { randomUUID } from 'node:crypto'
import type { Readable } from 'node:stream'
import type { CommandRequest } from '../../base/index.ts'
import { happensWithin } from '../process/happens-within.ts'
import type { Exit } from '../process/launch.ts'
import { type Relay, relayOutput } from '../process/relay-output.ts'
import { type SpawnResult, spawnJob } from '../process/spawn-job.ts'
import { type End, waitForEnd } from '../process/wait-for-end.ts'
import type { OutputSink } from '../types.ts'
import { type Connection, scriptCommand } from './connection.ts'
import { createFramedStream, type FramedStream } from './create-framed-stream.ts'
import { requestText } from './request-text.ts'
import { channelArguments } from './ssh-arguments.ts'

/** A command to run to its end through a connection, without input and with its output captured. */
export type ChannelRun = {
  readonly connection: Connection
  readonly request: CommandRequest
  readonly sink: OutputSink
  readonly signal: AbortSignal
}

/** How a run on a channel ended. `unanswered` is a stop that nobody confirmed; `cut` a channel that ended without a report. */
export type ChannelEnd =
  | { readonly kind: 'reported'; readonly status: string }
  | { readonly kind: 'timed-out' | 'canceled' }
  | { readonly kind: 'unanswered' }
  | { readonly kind: 'cut'; readonly exit: Exit; readonly hasBegun: boolean; readonly said: string }
  | { readonly kind: 'failed' }

type Started = Extract<SpawnResult, { readonly kind: 'started' }>
type Frames = { readonly stdout: FramedStream; readonly stderr: FramedStream }
type Reported = { readonly kind: 'reported'; readonly status: string }
type Closed = { readonly kind: 'closed'; readonly exit: Exit }

// The other side asks for two seconds, then insists for a third of one; the rest is for a slow machine and network.
const STOP_PATIENCE_MS = 4000
const REPORT_PATIENCE_MS = 300
// A process in a session of its own may hold the channel open after its command has ended.
const CLOSE_PATIENCE_MS = 100
const DRAIN_MS = 50

const relayFrame = (
  source: Readable | null,
  frame: FramedStream,
  give: Omit<Parameters<typeof relayOutput>[0], 'reader'>,
): Relay => {
  source?.pipe(frame.stream)
  return relayOutput({ ...give, reader: frame.stream })
}

const reportOf = async ({ stdout, stderr }: Frames): Promise<Reported> => {
  const [status] = await Promise.all([stdout.status, stderr.status])
  return { kind: 'reported', status }
}

/** Waits for the report, or for the end of the channel without one. */
const endOf = (spawned: Started, report: Promise<Reported>): Promise<Reported | Closed> =>
  Promise.race([
    report,
    spawned.exited.then(async (exit): Promise<Closed> => {
      await happensWithin(report, REPORT_PATIENCE_MS)
      return { kind: 'closed', exit }
    }),
  ])

const endingOf = async (
  end: End<Reported | Closed>,
  frames: Frames,
  stop: () => Promise<boolean>,
): Promise<ChannelEnd> => {
  if (end.kind !== 'exited') return (await stop()) ? end : { kind: 'unanswered' }
  if (end.exit.kind === 'reported') return end.exit
  const said = `${frames.stdout.preface()}\n${frames.stderr.preface()}`
  return { kind: 'cut', exit: end.exit.exit, hasBegun: frames.stdout.hasBegun(), said }
}

/** Runs a command through a connection and gives how that went. The sink is called no more once it resolves. */
export const runChannel = async ({ connection, request, sink, signal }: ChannelRun): Promise<ChannelEnd> => {
  const { station, link } = connection
  const nonce = randomUUID()
  const spawned = await spawnJob(
    {
      file: 'ssh',
      args: channelArguments(link, '-T', scriptCommand(connection, 'captured')),
      env: station.env,
      cwd: '/',
    },
    { detached: true, stdin: 'pipe', stdout: 'pipe', stderr: 'pipe' },
  )
  if (spawned.kind === 'failed') return spawned
  const { child, exited } = spawned
  const frames: Frames = { stdout: createFramedStream(nonce), stderr: createFramedStream(nonce) }
  const relays = [
    relayFrame(child.stdout, frames.stdout, { stream: 'stdout', sink }),
    relayFrame(child.stderr, frames.stderr, { stream: 'stderr', sink }),
  ]
  const report = reportOf(frames)
  // A channel that is gone says so by its end.
  child.stdin?.on('error', () => undefined)
  child.stdin?.write(requestText(request, { nonce, marker: randomUUID() }))
  const end = await waitForEnd({ exited: endOf(spawned, report), signal, timeoutMs: request.timeoutMs })
  const stop = async (): Promise<boolean> => {
    child.stdin?.write('stop\n')
    const wait = { signal: new AbortController().signal, timeoutMs: STOP_PATIENCE_MS }
    const stopped = await waitForEnd({ ...wait, exited: endOf(spawned, report) })
    return stopped.kind === 'exited' && stopped.exit.kind === 'reported'
  }
  const ending = await endingOf(end, frames, stop)
  await happensWithin(exited, CLOSE_PATIENCE_MS)
  await happensWithin(Promise.all(relays.map(relay => relay.ended)), DRAIN_MS)
  for (const relay of relays) relay.letGo()
  child.kill('SIGKILL')
  child.stdin?.destroy()
  child.stdout?.destroy()
  child.stderr?.destroy()
  child.unref()
  return ending
}
