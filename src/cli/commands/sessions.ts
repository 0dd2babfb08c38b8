import { formatCounted } from '../../base/index.ts'
import { listSessions, type SessionSummary } from '../../runtime/index.ts'
import type { Invocation, RunWithSettings } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { pruneOptions } from '../options.ts'
import { print } from '../print.ts'
import { stateDirOf } from '../state-dir-of.ts'
import { UserError } from '../user-error.ts'

const presentLine = ({ header, status, commands, causes, owner }: SessionSummary): string =>
  [
    header.sessionId,
    header.runbook.padEnd(14),
    header.target.padEnd(14),
    (owner === undefined ? status : 'in use').padEnd(13),
    formatCounted(commands, 'command').padStart(13),
    causes.join(', ') || '-',
  ].join('  ')

const presentJson = ({ header, status, steps, commands, causes, path, owner }: SessionSummary) => ({
  id: header.sessionId,
  runbook: header.runbook,
  target: header.target,
  host: header.host,
  startedAt: header.startedAt,
  status,
  steps,
  commands,
  causes,
  path,
  ...(owner === undefined ? {} : { owner }),
})

/** The sessions that are kept, newest first. Those that cannot be read are told on stderr. */
const list = (invocation: Invocation): number => {
  const { sessions, broken } = listSessions(stateDirOf(invocation), Number.POSITIVE_INFINITY)
  for (const { path, reason } of broken) print.error(`runtree: ${path}: ${reason}`)
  if (invocation.flags.has('json')) print.json(JSON.stringify(sessions.map(presentJson)))
  else if (sessions.length === 0) print.out('No session is kept yet. "runtree open start-here" begins one.')
  else sessions.map(presentLine).forEach(print.out)
  return exitCodes.done
}

const checkWords = ({ operands: [word], flags, values }: Invocation): void => {
  const given = [...flags, ...values.keys()].find(name => pruneOptions.some(option => option.name === name))
  if (word === undefined && given === undefined) return
  if (word === 'prune') return
  throw new UserError({
    code: 'E_CLI_USAGE',
    message:
      word === undefined ? `--${given} says which sessions may go.` : `There is no "sessions ${word}".`,
    hint: 'Write "runtree sessions prune" to remove some; "runtree sessions" alone lists them.',
  })
}

/** `runtree sessions`: lists what is kept; `prune` removes some of it. */
export const runSessions: RunWithSettings = async invocation => {
  checkWords(invocation)
  if (invocation.operands.length === 0) return list(invocation)
  return (await import('../sessions/prune-sessions.ts')).pruneSessions(invocation)
}
