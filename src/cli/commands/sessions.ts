import { listSessions, type SessionSummary } from '../../runtime/index.ts'
import type { RunWithSettings } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { print } from '../print.ts'
import { stateDirOf } from '../state-dir-of.ts'

const presentLine = ({ header, status, commands, causes, owner }: SessionSummary): string =>
  [
    header.sessionId,
    header.runbook.padEnd(14),
    header.target.padEnd(14),
    (owner === undefined ? status : 'in use').padEnd(13),
    `${String(commands).padStart(4)} commands`,
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

/** `runtree sessions`: the sessions that are kept, newest first. Those that cannot be read are told on stderr. */
export const runSessions: RunWithSettings = async invocation => {
  const { sessions, broken } = listSessions(stateDirOf(invocation), Number.POSITIVE_INFINITY)
  for (const { path, reason } of broken) print.error(`runtree: ${path}: ${reason}`)
  if (invocation.flags.has('json')) print.json(JSON.stringify(sessions.map(presentJson)))
  else if (sessions.length === 0) print.out('No session is kept yet. "runtree open start-here" begins one.')
  else sessions.map(presentLine).forEach(print.out)
  return exitCodes.done
}
