import { evolveRun } from './evolve-run.ts'
import { evolveTrail } from './evolve-trail.ts'
import { isSeal } from './secrets.ts'
import { stepKey } from './step-key.ts'
import type { Session, StampedEvent } from './types.ts'

/** The map with one more entry; the given map stays as it was. */
const withEntry = <K, V>(map: ReadonlyMap<K, V>, key: K, value: V): ReadonlyMap<K, V> =>
  new Map(map).set(key, value)

/** A session that goes on knows no secret any more: it is asked for again. */
const withoutSecrets = (variables: Session['variables']): Session['variables'] =>
  new Map([...variables].filter(([, value]) => !isSeal(value)))

const fold = (session: Session, event: StampedEvent): Session => {
  switch (event.type) {
    case 'session-opened':
      return { ...session, header: event.header }
    case 'session-resumed':
      return { ...session, closed: undefined, variables: withoutSecrets(session.variables) }
    case 'step-entered':
    case 'branch-taken':
      return evolveTrail(session, event)
    case 'branches-judged':
      return { ...session, judgements: withEntry(session.judgements, stepKey(event.ref), event.judgement) }
    case 'variable-set':
      return { ...session, variables: withEntry(session.variables, event.name, event.value) }
    case 'place-mapped':
      return { ...session, places: withEntry(session.places, event.place, event.machine) }
    case 'runbook-trusted':
      return { ...session, trusted: withEntry(session.trusted, event.runbook, event.digest) }
    case 'note-added':
      return { ...session, notes: [...session.notes, { ref: event.ref, text: event.text, at: event.at }] }
    case 'session-closed':
      return { ...session, closed: event.status, approval: undefined }
    default:
      return evolveRun(session, event)
  }
}

/** The session after one more event. Pure, and total: an event about a run that is not known changes nothing but `seq`. */
export const evolve = (session: Session, event: StampedEvent): Session => ({
  ...fold(session, event),
  seq: event.seq,
})
