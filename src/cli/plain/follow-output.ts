import { formatCounted } from '../../base/index.ts'
import { stripColours } from '../../facts/index.ts'
import type { Run } from '../../session/index.ts'
import type { PlainDesk } from './follow-entry.ts'
import { presentRunEnd } from './present-run.ts'

/** A run as it starts. Where one runs that was typed no list of commands says. */
const startText = (run: Run | undefined): string => {
  const place = run?.commandId === undefined ? run?.place : undefined
  return `$ ${run?.line ?? ''}${place === undefined ? '' : `  [on ${place}]`}`
}

/**
 * Prints the output of a session's runs as it comes, and how each ended. Stops when the function that it gives is called.
 * Lines that left the buffer before they could be printed are counted instead.
 */
export const followOutput = ({ store, out, outputs, times }: PlainDesk): (() => void) => {
  const printed = new Map<string, number>()

  const printNew = (runId: string): void => {
    const { lines, firstLine } = store.outputOf(runId)
    const done = printed.get(runId) ?? 0
    if (firstLine > done + 1 && lines.length > 0)
      out(`[${formatCounted(firstLine - done - 1, 'line')} left out here; kept in the journal]`)
    // A line is printed once, so not before it is whole.
    const fresh = lines
      .slice(Math.max(0, done + 1 - firstLine))
      .filter(({ isUnfinished }) => isUnfinished === undefined)
    // One write for all: a flood of single writes would hold up the command that prints it.
    const time = times.prefix()
    if (fresh.length > 0) outputs(fresh.map(line => `${time}${stripColours(line.text)}`).join('\n'))
    printed.set(runId, Math.max(done, fresh.at(-1)?.number ?? 0))
  }

  const stopOutput = store.subscribe(() => {
    for (const run of store.getSnapshot().session.runs.values())
      if (run.phase === 'running') printNew(run.runId)
  })
  const stopEvents = store.onEvent(event => {
    if (event.type === 'run-started') out(startText(store.getSnapshot().session.runs.get(event.runId)))
    if (event.type === 'run-finished') printNew(event.runId)
    if (event.type === 'approval-refused') out('It was not run.')
    if (event.type !== 'findings-derived' && event.type !== 'run-dropped') return
    const run = store.getSnapshot().session.runs.get(event.runId)
    if (run !== undefined) presentRunEnd(run).forEach(out)
  })
  return () => {
    stopOutput()
    stopEvents()
  }
}
