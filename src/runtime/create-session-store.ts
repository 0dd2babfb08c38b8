import type { CapturedOutput } from '../base/index.ts'
import type { OwnSecret } from '../redaction/index.ts'
import type { CloseStatus, DecideContext, Intent, Refusal, StampedEvent } from '../session/index.ts'
import type { Executor } from '../targets/index.ts'
import { createAudience } from './audience.ts'
import { createNotices } from './notices.ts'
import { createRunDesk } from './run-desk.ts'
import { sealIntent } from './seal-intent.ts'
import { openSessionLedger } from './session-ledger.ts'
import type { AnalyseApart, Clock, Journal, SessionStore } from './types.ts'

const nothingPrinted: CapturedOutput = { firstLine: 1, lines: [], totalLines: 0, totalBytes: 0 }

const closed: Refusal = { code: 'E_SESSION_CLOSED', text: 'This session is closed. Open a new one.' }

/** What a store is created with. `earlier` holds the events of a session to go on with, whose journal was opened again. */
export type StoreOptions = Omit<DecideContext, 'outputOf'> & {
  readonly executor: Executor
  readonly analyseApart?: AnalyseApart
  readonly journal: Journal
  readonly clock: Clock
  readonly earlier?: readonly StampedEvent[]
  /** What is a secret beside what the program knows. */
  readonly secretPatterns?: readonly OwnSecret[] | undefined
  /** What the operator should know from the beginning, in sentences. */
  readonly notices?: readonly string[]
}

/**
 * Creates the owner of one live session. Dispatch `begin` (or `resume`, with `earlier`) first. Each intent is decided, journaled
 * and carried out before anyone is told. The executor stays its creator's to close.
 */
export const createSessionStore = (options: StoreOptions): SessionStore => {
  const { journal } = options
  const notices = createNotices(journal, options.notices)
  let outputVersion = 0

  const context = { ...options, outputOf: (runId: string) => desk.newestOf(runId) }
  const ledger = openSessionLedger({ ...options, context, complain: notices.add })
  const audience = createAudience(() => ({
    session: ledger.session(),
    outputVersion,
    notices: notices.all(),
  }))
  const desk = createRunDesk({
    ...options,
    runOf: runId => ledger.session().runs.get(runId),
    onOutput: () => {
      outputVersion += 1
      audience.tellSoon()
    },
    onEnd: report => follow(report),
    onFault: error => notices.add(`Something went wrong inside the program: ${String(error)}.`),
  })

  const follow = (intent: Intent): Refusal | undefined => {
    const { decision, stamped } = ledger.enter(sealIntent(intent, desk.sealing))
    if (decision.kind === 'refused') return decision.refusal
    decision.effects.forEach(desk.carryOut)
    audience.tell(stamped)
    return undefined
  }

  const end = async (status: CloseStatus): Promise<void> => {
    follow({ type: 'cancel-run' })
    await desk.idle()
    await notices.settled()
    follow({ type: 'close', status })
    journal.close()
    audience.tell([])
    audience.close()
  }
  let ending: Promise<void> | undefined
  return {
    getSnapshot: audience.getSnapshot,
    subscribe: audience.subscribe,
    onEvent: audience.onEvent,
    dispatch: intent => (ending === undefined ? follow(intent) : closed),
    outputOf: runId => desk.outputOf(runId) ?? nothingPrinted,
    wholeOutputOf: desk.wholeOutputOf,
    settled: desk.idle,
    notify: sentence => notices.await(sentence, () => audience.tell([])),
    close: status => {
      ending ??= end(status)
      return ending
    },
    events: ledger.events,
    journalPath: journal.path,
  }
}
