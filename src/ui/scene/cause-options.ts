import { type Layer, rankTexts } from '../../base/index.ts'
import type { Moment } from '../state/moment.ts'

/** A cause that can be named in a drill. `wasFound` marks those that an output of the triage showed. */
export type CauseOption = {
  readonly id: string
  readonly title: string
  readonly layer: Layer
  readonly wasFound: boolean
}

const foundIn = ({ snapshot }: Moment): ReadonlySet<string> =>
  new Set([...(snapshot?.session.runs.values() ?? [])].flatMap(run => run.findings.map(({ cause }) => cause)))

/** The causes that hold every typed word, the closest first, and before them those that were found in an output. */
export const causeOptions = (typed: string, moment: Moment): readonly CauseOption[] => {
  const found = foundIn(moment)
  const causes = [...moment.services.context.knowledge.causes.values()]
  const texts = causes.map(({ id, title, layer }) => `${id} ${title} ${layer}`.toLowerCase())
  return rankTexts(texts, typed)
    .flatMap(at => causes[at] ?? [])
    .map(({ id, title, layer }) => ({ id, title, layer, wasFound: found.has(id) }))
    .sort((one, other) => Number(other.wasFound) - Number(one.wasFound))
}
