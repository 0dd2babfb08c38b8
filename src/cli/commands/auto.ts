import type { SessionStore } from '../../runtime/index.ts'
import { type CloseStatus, currentStep, type DecideContext, findUnplaced } from '../../session/index.ts'
import type { RunCommand } from '../command.ts'
import { createWorkbench, newSession } from '../compose-session.ts'
import { exitCodeOf } from '../exit-codes.ts'
import { loadKnowledge } from '../load-knowledge.ts'
import { createTextReporter } from '../present-event.ts'
import { print } from '../print.ts'
import { resolveRunbook } from '../resolve-runbook.ts'
import { sessionSettings } from '../session-settings.ts'
import { firstSignal } from '../signals.ts'
import { walkAlone } from '../walk-alone.ts'

/** Names the places of the last step whose commands were left out, because nothing says where they are. */
const tellUnplaced = (store: SessionStore, context: DecideContext): void => {
  const { session } = store.getSnapshot()
  const step = currentStep(session, context.library)
  const places = step === undefined ? [] : findUnplaced({ session, context }, step)
  for (const place of places)
    print.error(`Commands for ${place} were left out: say where that is with --place ${place}=TARGET.`)
}

/** `runtree auto`: walks a runbook alone; runs nothing but reads and never waits for input. */
export const runAuto: RunCommand = async invocation => {
  const settings = sessionSettings(invocation)
  const { library, at } = resolveRunbook(invocation.operands[0] ?? '')
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
  // Naming the file is asking for its reads; nothing else runs here.
  for (const runbook of library.outside?.keys() ?? []) store.dispatch({ type: 'trust-runbook', runbook })
  const status = await Promise.race([walkAlone(store, workbench.context), interrupted])
  await store.close(status)
  await workbench.executor.close()
  tellUnplaced(store, workbench.context)
  for (const notice of store.getSnapshot().notices) print.error(`runtree: ${notice}`)
  if (store.journalPath !== undefined) print.error(`Journal: ${store.journalPath}`)
  return exitCodeOf(status)
}
