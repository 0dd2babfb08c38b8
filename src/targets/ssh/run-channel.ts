import { randomUUID } from 'node:crypto'
import type { CommandRequest } from '../../base/index.ts'
import { happensWithin } from '../process/happens-within.ts'
import type { Exit } from '../process/launch.ts'
import { relayOutput } from '../process/relay-output.ts'
import { type End, waitForEnd } from '../process/wait-for-end.ts'
import type { OutputSink } from '../types.ts'
import { createFramedStream, type FramedStream } from './create-framed-stream.ts'
import { type Channel, dropChannel } from './open-channel.ts'
import { requestText } from './request-text.ts'

/** A command to run to its end on a channel, without input and with its output captured. */
export type ChannelRun = {
  readonly channel: Channel
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

type Frames = { readonly stdout: FramedStream; readonly stderr: FramedStream }
type Reported = { readonly kind: 'reported'; readonly status: string }
type Closed = { readonly kind: 'closed'; readonly exit: Exit }

// The other side asks for two seconds, then insists for a third of one; the rest is for a slow machine and network.
const STOP_PATIENCE_MS = 6000
const REPORT_PATIENCE_MS = 300
// A process in a session of its own may hold the channel open after its command has ended.
const CLOSE_PATIENCE_MS = 100
const READY_PATIENCE_MS = 250
const DRAIN_MS = 50

const reportOf = async ({ stdout, stderr }: Frames): Promise<Reported> => {
  const [status] = await Promise.all([stdout.status, stderr.status])
  return { kind: 'reported', status }
}

/** Waits for the report, or for the end of the channel without one. */
const endOf = ({ exited }: Channel, report: Promise<Reported>): Promise<Reported | Closed> =>
  Promise.race([
    report,
    exited.then(async (exit): Promise<Closed> => {
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

/** How a run ended, and whether the channel is free for another one; that takes a moment to tell. */
export type ChannelRunEnd = { readonly end: ChannelEnd; readonly isFree: Promise<boolean> }

/** Lets go of a channel whose end of the way may still hold a word to stop, which the next command would be taken for. */
const leaveChannel = async (channel: Channel): Promise<void> => {
  channel.child.stdin?.end()
  await happensWithin(channel.exited, CLOSE_PATIENCE_MS)
  dropChannel(channel)
}

/** Tells whether nothing is left on the channel that could write to it, and lets go of it otherwise. */
const freeChannel = async (channel: Channel, { stdout, stderr }: Frames): Promise<boolean> => {
  const isFree = await happensWithin(stdout.ready, READY_PATIENCE_MS)
  channel.child.stdout?.unpipe(stdout.stream)
  channel.child.stderr?.unpipe(stderr.stream)
  if (!isFree) dropChannel(channel)
  return isFree
}

/** Runs a command on a channel and gives how that went. The sink is called no more once it resolves. */
export const runChannel = async ({ channel, request, sink, signal }: ChannelRun): Promise<ChannelRunEnd> => {
  const { child } = channel
  const nonce = randomUUID()
  const frames: Frames = { stdout: createFramedStream(nonce), stderr: createFramedStream(nonce) }
  child.stdout?.pipe(frames.stdout.stream)
  child.stderr?.pipe(frames.stderr.stream)
  const relays = [
    relayOutput({ stream: 'stdout', reader: frames.stdout.stream, sink }),
    relayOutput({ stream: 'stderr', reader: frames.stderr.stream, sink }),
  ]
  const report = reportOf(frames)
  child.stdin?.write(requestText(request, { nonce, marker: randomUUID() }))
  const waited = await waitForEnd({ exited: endOf(channel, report), signal, timeoutMs: request.timeoutMs })
  const stop = async (): Promise<boolean> => {
    child.stdin?.write('stop\n')
    const wait = { signal: new AbortController().signal, timeoutMs: STOP_PATIENCE_MS }
    const stopped = await waitForEnd({ ...wait, exited: endOf(channel, report) })
    return stopped.kind === 'exited' && stopped.exit.kind === 'reported'
  }
  const end = await endingOf(waited, frames, stop)
  await happensWithin(Promise.all(relays.map(relay => relay.ended)), DRAIN_MS)
  const isWhole = end.kind === 'reported'
  if (!isWhole) await leaveChannel(channel)
  for (const relay of relays) relay.finish()
  return { end, isFree: isWhole ? freeChannel(channel, frames) : Promise.resolve(false) }
}
