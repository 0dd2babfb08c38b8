import type { SessionStore } from '../../runtime/index.ts'
import { type CloseStatus, decideAuto, type DecideContext } from '../../session/index.ts'
import type { RunCommand } from '../command.ts'
import { composeSession } from '../compose-session.ts'
import { exitCodeOf } from '../exit-codes.ts'
import { print } from '../print.ts'
import { createTextReporter } from '../report-events.ts'
import { resolveRunbook } from '../resolve-runbook.ts'
import { sessionSettings } from '../session-settings.ts'
import { onSignals } from '../signals.ts'

/** Drives the session until the autopilot stops; gives how it ended. */
const drive = async (store: SessionStore, context: DecideContext): Promise<CloseStatus> => {
  for (;;) {
    await store.settled()
    const move = decideAuto(store.getSnapshot().session, context)
    if (move.kind === 'stop') return move.status
    if (move.kind === 'wait') continue
    const refusal = store.dispatch(move.intent)
    if (refusal !== undefined) return 'asked'
  }
}

/** `runtree auto`: walks a runbook alone; runs nothing but reads and never waits for input. */
export const runAuto: RunCommand = async invocation => {
  const { library, at } = resolveRunbook(invocation.operands[0] ?? '')
  const settings = sessionSettings(invocation)
  const composed = composeSession({ library, at, settings, lendTerminal: use => use() })
  const { store, context } = composed
  const report = invocation.flags.has('json') ? (event: unknown) => print.out(JSON.stringify(event)) : createTextReporter(library)
  for (const event of composed.opening) report(event)
  store.onEvent(report)
  const interrupted = onSignals(['SIGINT', 'SIGTERM', 'SIGHUP'])
  const status = await Promise.race([drive(store, context), interrupted.then((): CloseStatus => 'interrupted')])
  await store.close(status)
  for (const notice of store.getSnapshot().notices) print.error(`runtree: ${notice}`)
  return exitCodeOf(status)
}
