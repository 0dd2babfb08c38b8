import { type CloseStatus, currentStep, type Refusal, type Session } from '../../session/index.ts'
import { askPlace } from './ask-place.ts'
import { askTrust } from './ask-trust.ts'
import { followEntry, type PlainDesk, showStep } from './follow-entry.ts'
import { followOutput } from './follow-output.ts'
import type { LineReader } from './line-reader.ts'
import { parseEntry, simpleEntry } from './parse-entry.ts'
import { presentMissing } from './present-missing.ts'
import { presentNext } from './present-step.ts'

const hint =
  'Type r to run the reads, c1 to run command 1, n for the recommended branch, ? for help, q to leave.'

const explainApproval = (session: Session, out: (line: string) => void): void => {
  const run = session.approval && session.runs.get(session.approval.runId)
  if (run === undefined) return
  const { wants = '', saving } = session.approval ?? {}
  out(`This would not only read: ${run.because} (${run.effect}).`)
  out(`  host     ${run.machine?.host ?? session.header?.host ?? ''}`)
  out(`  command  ${run.line}`)
  if (run.changes !== undefined) out(`  changes  ${run.changes}`)
  out(`  to undo  ${run.undo ?? 'not known: neither the runbook nor the tool says how'}`)
  if (saving !== undefined) out(`  first    ${saving.line}`)
  out(
    saving === undefined
      ? `Type ${wants} to run it; anything else refuses.`
      : `Type ${wants} to save first and then run it; "${wants} unsaved" runs it without; anything else refuses.`,
  )
}

/** Asks for the value that `v NAME` announces, and gives the line that sets it; any other line stays as it is. */
const completeEntry = async (line: string, reader: LineReader): Promise<string> => {
  const entry = parseEntry(line)
  if (entry.kind !== 'ask-value') return line
  const value = await reader.askQuietly(`Value of ${entry.name}, not shown: `)
  return `v ${entry.name}=${value ?? ''}`
}

const placeOf = (session: Session): string => `${session.current?.runbook}#${session.current?.step}`

/** Asks what must be said before; gives false when nothing has to be, or nobody says it. */
const canGoOn = async (desk: PlainDesk, refusal: Refusal, reader: LineReader): Promise<boolean> => {
  if (refusal.runbook !== undefined) return askTrust(desk, refusal.runbook, reader)
  return refusal.place !== undefined && askPlace(desk, refusal.place, reader)
}

/** Follows one line; afterwards shows what changed: the new step, the ways on after runs, the question of an approval. */
const answer = async (desk: PlainDesk, line: string, reader: LineReader): Promise<void> => {
  const { store, out, context } = desk
  const before = store.getSnapshot().session
  const follow = (): Refusal | undefined =>
    before.approval === undefined
      ? followEntry(desk, parseEntry(line))
      : store.dispatch({ type: 'answer-approval', answer: line.trim() })
  let refusal = follow()
  while (refusal !== undefined && (await canGoOn(desk, refusal, reader))) refusal = follow()
  if (refusal?.place !== undefined && parseEntry(line).kind === 'run-reads')
    refusal = store.dispatch({ type: 'run-reads' })
  if (refusal !== undefined && refusal.runbook === undefined) {
    out(refusal.text)
    presentMissing(desk, refusal.variables ?? []).forEach(out)
  }
  await store.settled()
  const { session } = store.getSnapshot()
  const step = currentStep(session, context.library)
  if (session.approval !== undefined && session.approval !== before.approval) explainApproval(session, out)
  else if (placeOf(session) !== placeOf(before)) showStep(desk)
  else if (session.runs.size > before.runs.size && step !== undefined)
    presentNext(session, context.library, step).forEach(out)
}

/**
 * Walks a session in linear text: one line in, what follows printed. Gives how the session was left; the end of the input leaves it
 * too.
 */
export const runPlain = async (desk: PlainDesk, reader: LineReader): Promise<CloseStatus> => {
  const { store, out } = desk
  const stop = followOutput(desk)
  showStep(desk)
  out(`\n${hint}`)
  for (;;) {
    const line = await reader.ask()
    const { session } = store.getSnapshot()
    if (line === undefined || (simpleEntry(line) === 'quit' && session.approval === undefined)) break
    await answer(desk, session.approval === undefined ? await completeEntry(line, reader) : line, reader)
    if (store.getSnapshot().session.closed !== undefined) break
  }
  stop()
  return store.getSnapshot().session.closed ?? 'left'
}
