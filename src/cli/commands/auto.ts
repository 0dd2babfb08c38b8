import { composeReport, presentJunit, presentPrometheus } from '../../report/index.ts'
import type { SessionStore } from '../../runtime/index.ts'
import {
  type CloseStatus,
  currentStep,
  type DecideContext,
  findUnplaced,
  type Library,
} from '../../session/index.ts'
import { autoLimits } from '../auto-limits.ts'
import { type Invocation, lastValue, type RunWithSettings } from '../command.ts'
import { createWorkbench, newSession } from '../compose-session.ts'
import { exitCodeOf } from '../exit-codes.ts'
import { loadKnowledge } from '../load-knowledge.ts'
import { parseDuration } from '../parse-duration.ts'
import { createTextReporter } from '../present-event.ts'
import { print } from '../print.ts'
import { resolveRunbook } from '../resolve-runbook.ts'
import { sessionSettings } from '../session-settings.ts'
import { firstSignal } from '../signals.ts'
import { walkAlone } from '../walk-alone.ts'
import { writeOutput } from '../write-output.ts'

/** Names the places of the last step whose commands were left out, because nothing says where they are. */
const tellUnplaced = (store: SessionStore, context: DecideContext): void => {
  const { session } = store.getSnapshot()
  const step = currentStep(session, context.library)
  const places = step === undefined ? [] : findUnplaced({ session, context }, step)
  for (const place of places)
    print.error(`Commands for ${place} were left out: say where that is with --place ${place}=TARGET.`)
}

// Beyond this a timer fires at once.
const LONGEST_TIMER_MS = 2 ** 31 - 1

/** Resolves when the time for the whole walk is over. It keeps the program from nothing: the walk may end before. */
const afterTime = (ms: number | undefined): Promise<CloseStatus> =>
  new Promise(resolve => {
    if (ms !== undefined) setTimeout(resolve, Math.min(ms, LONGEST_TIMER_MS), 'interrupted').unref()
  })

// The node exporter runs as a user of its own.
const WORLD_READABLE = 0o644

/** Writes what other programs read: JUnit XML for a pipeline, metrics for Prometheus. */
const writeReports = (invocation: Invocation, store: SessionStore, library: Library): void => {
  const junit = lastValue(invocation, 'junit')
  const metrics = lastValue(invocation, 'prometheus')
  const { session } = store.getSnapshot()
  const { header } = session
  if (header === undefined || (junit === undefined && metrics === undefined)) return
  const report = composeReport({
    header,
    events: store.events(),
    session,
    library,
    outputOf: () => undefined,
  })
  if (junit !== undefined) writeOutput(junit, presentJunit(report))
  if (metrics !== undefined) writeOutput(metrics, presentPrometheus(report), WORLD_READABLE)
}

/** `runtree auto`: walks a runbook alone; runs nothing but reads and never waits for input. */
export const runAuto: RunWithSettings = async invocation => {
  const settings = sessionSettings(invocation)
  const { library, at } = resolveRunbook(invocation.operands[0] ?? '')
  const limits = autoLimits(invocation, { library, entry: at.runbook })
  const deadline = lastValue(invocation, 'deadline')
  const deadlineMs = deadline === undefined ? undefined : parseDuration(deadline)
  const workbench = await createWorkbench({
    settings,
    library,
    knowledge: loadKnowledge(),
    lendTerminal: use => use(),
    isUnattended: true,
  })
  const { store, begin } = newSession(workbench, at)
  store.onEvent(
    invocation.flags.has('json')
      ? event => print.json(JSON.stringify(event))
      : createTextReporter(library, print.out),
  )
  const interrupted = firstSignal(['SIGINT', 'SIGTERM', 'SIGHUP']).then((): CloseStatus => 'interrupted')
  begin()
  const status = await Promise.race([
    walkAlone(store, workbench.context, limits),
    interrupted,
    afterTime(deadlineMs),
  ])
  await store.close(status)
  await workbench.executor.close()
  writeReports(invocation, store, library)
  tellUnplaced(store, workbench.context)
  for (const notice of store.getSnapshot().notices) print.error(`runtree: ${notice}`)
  if (store.journalPath !== undefined) print.error(`Journal: ${store.journalPath}`)
  return exitCodeOf(status)
}
