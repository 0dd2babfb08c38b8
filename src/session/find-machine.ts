import type { Place } from '../base/index.ts'
import type { Step } from '../tree/index.ts'
import type { Situation } from './decision.ts'
import type { Machine } from './header.ts'
import { readsOfStep } from './step-reads.ts'
import type { Refusal, Session } from './types.ts'

/**
 * Where a command of a place runs: where the place was said to be, on the session's own target when the place is the one that it stands
 * for or none is named, or wherever a target that knows its places has it. `undefined` when that has to be said first.
 */
export const findMachine = (
  { session, context }: Situation,
  place: Place | undefined,
): Machine | undefined => {
  const { header, places } = session
  if (header === undefined) return undefined
  const { target, host } = header
  if (place === undefined) return { target, host }
  const mapped = places.get(place)
  if (mapped !== undefined) return mapped
  if (header.reach !== 'machine') return { target, host: context.hostOf?.(place) ?? host }
  return place === header.place ? { target, host } : undefined
}

/** Why it is no use to say where a place is, in a sentence; `undefined` where it counts: on a target that is a single machine. */
export const whyPlacesStay = ({ header }: Session): string | undefined =>
  header?.reach === 'machine'
    ? undefined
    : 'The target knows its places: each command goes to the machine that it is meant for.'

/** Tells whether it has to be said first where a place is. */
export const isUnplaced = (situation: Situation, place: Place | undefined): place is Place =>
  situation.session.header !== undefined && findMachine(situation, place) === undefined

/** The places of a step's reads of which it has to be said first where they are, once each. */
export const findUnplaced = (situation: Situation, step: Step): readonly Place[] => {
  const wanted = readsOfStep(step, situation.session.variables).map(({ place }) => place)
  return [...new Set(wanted)].filter(place => isUnplaced(situation, place))
}

/**
 * Where a line runs that the operator typed at a step: the place that all of its commands are meant for, where it is known. On the
 * session's own target otherwise.
 */
export const placeOfTyped = (situation: Situation, step: Step | undefined): Place | undefined => {
  const [place, ...others] = new Set(step?.commands.map(command => command.place))
  return others.length > 0 || isUnplaced(situation, place) ? undefined : place
}

/** The refusal that asks where a place is. */
export const placeUnknown = (place: Place): Refusal => ({
  code: 'E_SESSION_PLACE_UNKNOWN',
  text: `This command is meant for ${place}, and it is not said yet where that is. Say it once, or start with --place ${place}=TARGET.`,
  place,
})
