import { formatCounted } from '../../base/index.ts'
import type { PlainDesk } from './follow-entry.ts'
import type { LineReader } from './line-reader.ts'
import { parseEntry } from './parse-entry.ts'

/** Asks once whether the commands of a runbook from outside may be run. Gives false when nobody says yes. */
export const askTrust = async (desk: PlainDesk, runbook: string, reader: LineReader): Promise<boolean> => {
  const { store, context, out } = desk
  const { trees, outside } = context.library
  const commands = trees.get(runbook)?.steps.flatMap(step => step.commands) ?? []
  out(`This runbook is not one of runtree's own. It comes from ${outside?.get(runbook) ?? '?'}`)
  out(
    `and holds ${formatCounted(commands.length, 'command')}. What may change something is asked for one by one all the same.`,
  )
  out('Type yes to let its commands run; anything else leaves it.')
  const line = (await reader.ask()) ?? ''
  if (!/^\s*y(?:es)?\s*$/i.test(line)) {
    out('No command of it was run.')
    // n alone is also the entry for the recommended branch, but here it answers.
    if (!/^\s*n\s*$/i.test(line) && parseEntry(line).kind !== 'unknown') reader.giveBack(line)
    return false
  }
  return store.dispatch({ type: 'trust-runbook', runbook }) === undefined
}
