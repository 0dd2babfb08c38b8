import { formatCounted } from '../base/index.ts'
import type { SessionStore } from '../runtime/index.ts'
import { foundCauses } from '../session/index.ts'

/** One line on a session that was left: what was walked, run and found, and where its journal lies. */
export const summarise = (store: SessionStore): string => {
  const { session } = store.getSnapshot()
  const causes = foundCauses(session).map(finding => finding.cause)
  const found = causes.length > 0 ? `found ${causes.join(', ')}` : 'nothing found'
  const walked = `${formatCounted(session.path.length, 'step')}, ${formatCounted(session.runs.size, 'command')}, ${found}`
  return `runtree: ${session.header?.runbook ?? ''}: ${walked}. Journal: ${store.journalPath ?? 'not kept'}`
}
