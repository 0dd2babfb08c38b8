import type { SessionStore } from '../runtime/index.ts'
import { foundCauses } from '../session/index.ts'

const count = (amount: number, noun: string): string => `${amount} ${noun}${amount === 1 ? '' : 's'}`

/** One line on a session that was left: what was walked, run and found, and where its journal lies. */
export const summarise = (store: SessionStore): string => {
  const { session } = store.getSnapshot()
  const causes = foundCauses(session).map(finding => finding.cause)
  const found = causes.length > 0 ? `found ${causes.join(', ')}` : 'nothing found'
  const walked = `${count(session.path.length, 'step')}, ${count(session.runs.size, 'command')}, ${found}`
  return `runtree: ${session.header?.runbook ?? ''}: ${walked}. Journal: ${store.journalPath ?? 'not kept'}`
}
