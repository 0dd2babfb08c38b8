import type { CommandRequest, Outcome } from '../../base/index.ts'
import { codeOf, notStarted } from '../local/word-outcome.ts'
import { readConnectionLog } from './connect.ts'
import type { Connection } from './connection.ts'
import { formatDestination } from './parse-destination.ts'
import type { ChannelEnd } from './run-channel.ts'
import { wordFailure, wordLoss } from './word-failure.ts'

// What ssh exits with when it fails itself.
const SSH_FAILED = 255

type Cut = Extract<ChannelEnd, { readonly kind: 'cut' }>

const wordCut = (end: Cut, name: string, log: string): Outcome => {
  if (end.hasBegun)
    return end.exit.code === SSH_FAILED
      ? wordLoss({ name, text: log })
      : { kind: 'exited', code: codeOf(end.exit) }
  return wordFailure({ name, text: `${end.said}\n${log}` })
}

const wordReport = (status: string, cwd: string | undefined): Outcome => {
  if (status !== 'no-folder') return { kind: 'exited', code: Number(status) }
  const [what, next] =
    cwd === undefined
      ? ['The folder that earlier commands left does not exist any more', 'the next command starts at home']
      : [`The folder ${cwd} does not exist`, 'the next command starts where this one would have']
  return notStarted('not-found', `${what}. Make it, or go on: ${next}.`)
}

/** The outcome of a run on the other side, from how its channel ended. */
export const wordEnd = (end: ChannelEnd, connection: Connection, request: CommandRequest): Outcome => {
  const name = formatDestination(connection.link.destination)
  const log = readConnectionLog(connection)
  switch (end.kind) {
    case 'reported':
      return wordReport(end.status, request.cwd)
    case 'timed-out':
      return { kind: 'timed-out', afterMs: request.timeoutMs ?? 0 }
    case 'canceled':
      return { kind: 'canceled' }
    case 'cut':
      return wordCut(end, name, log)
    case 'failed':
      return notStarted('not-found', 'There is no ssh on the PATH. Install the OpenSSH client.')
    case 'unanswered':
      return {
        kind: 'lost',
        message: `${name} did not confirm that the command was stopped; it may still run there. Check the machine and the network; the next command connects again.`,
      }
  }
}
