import type { Layer } from '../../base/index.ts'
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

/** The causes that hold every typed word, those that were found in an output first. */
export const causeOptions = (typed: string, moment: Moment): readonly CauseOption[] => {
  const words = typed.toLowerCase().split(/\s+/)
  const found = foundIn(moment)
  return [...moment.services.context.knowledge.causes.values()]
    .filter(({ id, title, layer }) => {
      const text = `${id} ${title} ${layer}`.toLowerCase()
      return words.every(word => text.includes(word))
    })
    .map(({ id, title, layer }) => ({ id, title, layer, wasFound: found.has(id) }))
    .sort((one, other) => Number(other.wasFound) - Number(one.wasFound))
}
