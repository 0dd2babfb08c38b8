import { evolveRun } from './evolve-run.ts'
import { evolveTrail } from './evolve-trail.ts'
import { isSeal } from './secrets.ts'
import { copyAndSet, type SetEntry } from './set-entry.ts'
import { stepKey } from './step-key.ts'
import type { Session, StampedEvent } from './types.ts'

/** A session that goes on knows no secret any more: it is asked for again. */
const withoutSecrets = (variables: Session['variables']): Session['variables'] =>
  new Map([...variables].filter(([, value]) => !isSeal(value)))

const resumed = (
  session: Session,
  { readOnly }: Extract<StampedEvent, { type: 'session-resumed' }>,
): Session => {
  const variables = withoutSecrets(session.variables)
  const header = session.header && readOnly ? { ...session.header, readOnly } : session.header
  return { ...session, header, closed: undefined, variables }
}

const fold = (session: Session, event: StampedEvent, setEntry: SetEntry): Session => {
  switch (event.type) {
    case 'session-opened':
      return { ...session, header: event.header }
    case 'session-resumed':
      return resumed(session, event)
    case 'step-entered':
    case 'branch-taken':
      return evolveTrail(session, event)
    case 'branches-judged':
      return { ...session, judgements: setEntry(session.judgements, stepKey(event.ref), event.judgement) }
    case 'variable-set':
      return { ...session, variables: setEntry(session.variables, event.name, event.value) }
    case 'place-mapped':
      return { ...session, places: setEntry(session.places, event.place, event.machine) }
    case 'runbook-trusted':
      return { ...session, trusted: setEntry(session.trusted, event.runbook, event.digest) }
    case 'note-added':
      return { ...session, notes: [...session.notes, { ref: event.ref, text: event.text, at: event.at }] }
    case 'session-closed':
      return { ...session, closed: event.status, approval: undefined }
    default:
      return evolveRun(session, event, setEntry)
  }
}

/** Folds one more event with a way to set entries: whoever builds a session that nobody else has seen may set them in place. */
export const evolveBy =
  (setEntry: SetEntry) =>
  (session: Session, event: StampedEvent): Session => ({
    ...fold(session, event, setEntry),
    seq: event.seq,
  })

/** The session after one more event. Pure, and total: an event about a run that is not known changes nothing but `seq`. */
export const evolve = evolveBy(copyAndSet)
