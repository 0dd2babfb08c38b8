import type { CommandRequest, Outcome } from '../../base/index.ts'
import { notStarted } from '../local/word-outcome.ts'
import { refuseRun } from '../process/refuse-run.ts'
import type { Executor, LendTerminal } from '../types.ts'
import type { Connection } from './connection.ts'
import { createLine, type Line } from './create-line.ts'
import { type Destination, formatDestination } from './parse-destination.ts'
import { type ChannelEnd, type ChannelRun, runChannel } from './run-channel.ts'
import { runOnRemoteTerminal } from './run-on-remote-terminal.ts'
import type { Patience } from './ssh-arguments.ts'
import { wordEnd } from './word-end.ts'

/** How another machine is used as a target. What is left out is taken from the running process. */
export type SshSetup = {
  readonly destination: Destination
  readonly lendTerminal: LendTerminal
  /** Whether ssh may ask at the terminal while it connects; otherwise a connection that needs that fails. */
  readonly asking: 'never' | 'on-terminal'
  /** A folder for the connection's socket, preferably in memory. */
  readonly runtimeFolder?: string
  readonly env?: Readonly<Record<string, string | undefined>>
  /** An ssh configuration in place of the operator's own. */
  readonly configFile?: string
  /** Ten and five seconds unless given. */
  readonly patience?: Patience
}

// A program takes no single argument of 128 kB: execve(2). Some room is left.
const LONGEST_LINE_BYTES = 120_000
const usualPatience: Patience = { connectS: 10, aliveS: 5 }

const refuseText = ({ line, cwd = '' }: CommandRequest): Outcome | undefined => {
  if (`${line}${cwd}`.includes('\0'))
    return notStarted('refused', 'The command holds a NUL character, which no shell can be given. Remove it.')
  if (Buffer.byteLength(line) <= LONGEST_LINE_BYTES) return undefined
  const message = `The command is longer than the ${LONGEST_LINE_BYTES} bytes that a machine accepts. Put it into a script file there and run that.`
  return notStarted('refused', message)
}

const hasTerminal = (): boolean => process.stdin.isTTY && process.stdout.isTTY

const definedEntries = (
  env: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined))

/** Tells whether the connection is of no use after this end, or not known to be. */
const isBroken = (end: ChannelEnd): boolean => end.kind === 'cut' || end.kind === 'unanswered'

const lineFor = (setup: SshSetup): Line => {
  const env = definedEntries(setup.env ?? process.env)
  const { destination, configFile, patience = usualPatience, runtimeFolder = env.XDG_RUNTIME_DIR } = setup
  const lendTerminal = (): LendTerminal | undefined =>
    setup.asking === 'on-terminal' && hasTerminal() ? setup.lendTerminal : undefined
  return createLine({ destination, configFile, patience, runtimeFolder, env, lendTerminal })
}

const runCaptured = async (
  line: Line,
  connection: Connection,
  command: Omit<ChannelRun, 'channel'>,
): Promise<ChannelEnd> => {
  const channel = await line.takeChannel(connection)
  if (channel === undefined) return { kind: 'failed' }
  const { end, isFree } = await runChannel({ ...command, channel })
  line.keepChannel(channel, isFree)
  return end
}

/**
 * Runs commands on another machine through the system's own ssh and bash there (see `Executor`), over one connection that is made at
 * the first command and again after it was lost. The operator's ssh configuration, agent and known hosts hold. A connection
 * that cannot be made or is lost is `not-started` with advice; what a command printed before was given to the sink.
 */
export const createSshExecutor = (setup: SshSetup): Executor => {
  const closing = new AbortController()
  const line = lineFor(setup)
  let running: Promise<Outcome> | undefined

  const execute: Executor['run'] = async (request, sink, signal) => {
    if (signal.aborted) return { kind: 'canceled' }
    const opened = await line.open(signal)
    if (!opened.ok) return opened.error
    const connection = opened.value
    const end =
      request.mode === 'interactive'
        ? await runOnRemoteTerminal({ connection, request, signal, lendTerminal: setup.lendTerminal })
        : await runCaptured(line, connection, { request, sink, signal })
    const outcome = wordEnd(end, connection, request)
    if (isBroken(end)) await line.drop()
    return outcome
  }

  return {
    target: {
      name: `ssh:${formatDestination(setup.destination)}`,
      host: setup.destination.host,
      reach: 'machine',
    },
    run: async (request, sink, signal) => {
      const hold = { isClosed: closing.signal.aborted, isRunning: running !== undefined }
      const refusal = refuseRun(request, hold) ?? refuseText(request)
      if (refusal !== undefined) return refusal
      running = execute(request, sink, AbortSignal.any([signal, closing.signal]))
      try {
        return await running
      } catch (error) {
        return notStarted(
          'refused',
          `The command could not be run: ${error instanceof Error ? error.message : error}`,
        )
      } finally {
        running = undefined
      }
    },
    close: async () => {
      const isFirst = !closing.signal.aborted
      closing.abort()
      await running?.catch(() => undefined)
      if (isFirst) await line.close()
    },
  }
}
