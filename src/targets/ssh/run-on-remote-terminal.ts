import { randomUUID } from 'node:crypto'
import type { CommandRequest } from '../../base/index.ts'
import { codeOf } from '../local/word-outcome.ts'
import { runOnTerminal } from '../process/run-on-terminal.ts'
import type { LendTerminal } from '../types.ts'
import { askRemote, type Connection, scriptCommand } from './connection.ts'
import { requestText } from './request-text.ts'
import type { ChannelEnd } from './run-channel.ts'
import { channelArguments } from './ssh-arguments.ts'

/** A command to run on the real terminal, through a connection. */
export type RemoteTerminalRun = {
  readonly connection: Connection
  readonly request: CommandRequest
  readonly lendTerminal: LendTerminal
  readonly signal: AbortSignal
}

const ANSWER_LIMIT_MS = 5000
const STOP_LIMIT_MS = 4000
// What ssh exits with when it fails itself; a command may do so as well.
const SSH_FAILED = 255

/** Takes the text of the command there ahead of it: its channel is the terminal. */
const sendRequest = async (run: RemoteTerminalRun, marker: string): Promise<string | undefined> => {
  const { connection, request } = run
  const { code, stderr } = await askRemote(connection, {
    command: `exec cat > ${connection.folder}/request`,
    input: requestText(request, { nonce: marker, marker }),
    limitMs: ANSWER_LIMIT_MS,
  })
  return code === 0 ? undefined : stderr
}

const statusOf = async (connection: Connection, marker: string): Promise<string | undefined> => {
  const { stdout } = await askRemote(connection, {
    command: `exec cat ${connection.folder}/status`,
    limitMs: ANSWER_LIMIT_MS,
  })
  const [of, status] = stdout.trim().split(' ')
  return of === marker ? status : undefined
}

/** Lends the terminal to a command on the other side and gives how it went; nothing is captured. */
export const runOnRemoteTerminal = async (run: RemoteTerminalRun): Promise<ChannelEnd> => {
  const { connection, request, lendTerminal, signal } = run
  const marker = randomUUID()
  const cut = { kind: 'cut', exit: { code: SSH_FAILED, signal: null } } as const
  const said = await sendRequest(run, marker)
  if (said !== undefined) return { ...cut, hasBegun: false, said }
  const ending = await runOnTerminal({
    launch: {
      file: 'ssh',
      args: channelArguments(connection.link, '-tt', scriptCommand(connection, 'terminal', marker)),
      env: connection.station.env,
      cwd: '/',
    },
    ...{ marker, lendTerminal, signal, timeoutMs: request.timeoutMs, onStart: () => undefined },
  })
  if (ending.kind === 'failed') return { kind: 'failed' }
  if (ending.kind === 'exited') {
    const code = codeOf(ending.exit)
    const status = code === SSH_FAILED ? await statusOf(connection, marker) : `${code}`
    return status === undefined ? { ...cut, hasBegun: true, said: '' } : { kind: 'reported', status }
  }
  const { code } = await askRemote(connection, {
    command: scriptCommand(connection, 'stop', marker),
    limitMs: STOP_LIMIT_MS,
  })
  return code === undefined || code === SSH_FAILED ? { kind: 'unanswered' } : ending
}
