import { basename } from 'node:path'
import { decodeJournal, type Run, replay } from '../../session/index.ts'
import { readJournalText } from '../read-session.ts'
import { findOutput, findStrangers } from './check-bodies.ts'
import { checkEvents } from './check-events.ts'
import { findDrift } from './find-drift.ts'
import type { Remark, Today, Verification } from './types.ts'

type Checked = { readonly outputs: number; readonly remarks: readonly Remark[] }

const checkRun = (path: string, run: Run, today: Today): Checked => {
  const { output, remark } = findOutput(path, run)
  const remarks = remark === undefined ? [] : [remark]
  return output === undefined
    ? { outputs: 0, remarks }
    : { outputs: 1, remarks: [...remarks, ...findDrift(today, run, output)] }
}

/**
 * Looks through a session on disk, by the path of its folder: the form and sequence of its events, their times, the digest of each output,
 * and what today's knowledge says of it. Changes nothing; never throws.
 */
export const verifySession = (path: string, today: Today): Verification => {
  const head = { id: basename(path), path }
  const damaged = (text: string, line?: number): Verification => {
    const place = line === undefined ? {} : { line }
    return { ...head, events: 0, outputs: 0, remarks: [{ kind: 'damage', text, ...place }] }
  }
  const text = readJournalText(path)
  if (!text.ok) return damaged(text.error)
  const decoded = decodeJournal(text.value)
  if (!decoded.ok) return damaged(decoded.error.message, decoded.error.line)
  const { header, events, notices } = decoded.value
  const session = replay(events)
  const stored = { header, events, session, unfinished: [], notices, path }
  const ended = [...session.runs.values()].filter(({ phase }) => phase === 'finished')
  const checked = ended.map(run => checkRun(path, run, today))
  return {
    ...head,
    events: events.length,
    outputs: checked.reduce((sum, { outputs }) => sum + outputs, 0),
    remarks: [
      ...notices.map(text => ({ kind: 'remark', text }) as const),
      ...checkEvents(header, events),
      ...checked.flatMap(({ remarks }) => remarks),
      ...findStrangers(stored),
    ],
  }
}
