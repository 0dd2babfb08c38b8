import { existsSync } from 'node:fs'
import type { CommandRequest, Outcome, Result } from '../../base/index.ts'
import { notStarted } from '../local/word-outcome.ts'
import { refuseRun } from '../process/refuse-run.ts'
import type { Executor, LendTerminal } from '../types.ts'
import { connect, dropConnection } from './connect.ts'
import { askRemote, type Connection } from './connection.ts'
import { type Destination, formatDestination } from './parse-destination.ts'
import { prepareStation, type Station } from './prepare-station.ts'
import { type ChannelEnd, runChannel } from './run-channel.ts'
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
const REMOVE_LIMIT_MS = 2000
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

/** Keeps one connection: makes it when it is first needed and again after it was lost. */
const createLine = (setup: SshSetup) => {
  const env = definedEntries(setup.env ?? process.env)
  const runtimeFolder = setup.runtimeFolder ?? env.XDG_RUNTIME_DIR
  let preparing: Promise<Station | undefined> | undefined
  let connection: Connection | undefined
  let earlier: string | undefined

  const open = async (signal: AbortSignal): Promise<Result<Connection, Outcome>> => {
    if (connection !== undefined && existsSync(connection.link.socket)) return { ok: true, value: connection }
    preparing ??= prepareStation({ runtimeFolder, env })
    const station = await preparing
    if (station === undefined) {
      preparing = undefined
      return {
        ok: false,
        error: notStarted('refused', 'No private folder can be made here. Make room in /tmp.'),
      }
    }
    const lendTerminal = setup.asking === 'on-terminal' && hasTerminal() ? setup.lendTerminal : undefined
    const { destination, configFile, patience = usualPatience } = setup
    const connected = await connect({
      station,
      destination,
      configFile,
      patience,
      earlier,
      lendTerminal,
      signal,
    })
    connection = connected.ok ? connected.value : undefined
    earlier = connection?.folder ?? earlier
    return connected
  }
  const drop = async (): Promise<void> => {
    if (connection !== undefined) await dropConnection(connection)
    connection = undefined
  }
  const close = async (): Promise<void> => {
    if (connection !== undefined && existsSync(connection.link.socket))
      await askRemote(connection, { command: `exec rm -rf ${connection.folder}`, limitMs: REMOVE_LIMIT_MS })
    await drop()
    await (await preparing)?.close()
  }
  return { open, drop, close }
}

/**
 * Runs commands on another machine through the system's own ssh and bash there (see `Executor`), over one connection that is made at
 * the first command and again after it was lost. The operator's ssh configuration, agent and known hosts hold. A connection
 * that cannot be made or is lost is `not-started` with advice; what a command printed before was given to the sink.
 */
export const createSshExecutor = (setup: SshSetup): Executor => {
  const closing = new AbortController()
  const line = createLine(setup)
  let running: Promise<Outcome> | undefined

  const execute: Executor['run'] = async (request, sink, signal) => {
    if (signal.aborted) return { kind: 'canceled' }
    const opened = await line.open(signal)
    if (!opened.ok) return opened.error
    const run = { connection: opened.value, request, signal }
    const end =
      request.mode === 'interactive'
        ? await runOnRemoteTerminal({ ...run, lendTerminal: setup.lendTerminal })
        : await runChannel({ ...run, sink })
    const outcome = wordEnd(end, opened.value, request)
    if (isBroken(end)) await line.drop()
    return outcome
  }

  return {
    target: { name: `ssh:${formatDestination(setup.destination)}`, host: setup.destination.host },
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
