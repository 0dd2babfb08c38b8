import { layers } from '../base/index.ts'
import type { LayerState, LayerStates } from '../session/index.ts'
import type { ReportCause } from './types.ts'
import { wordInstant } from './word-times.ts'

const states: readonly (readonly [LayerState, string])[] = [
  ['failing', 'Failing when last looked at'],
  ['suspect', 'Suspect when last looked at'],
  ['clear', 'Looked at and clear'],
  ['undecided', 'Looked at and undecided'],
  ['untouched', 'Not looked at'],
]

const layerSentences = (found: LayerStates): readonly string[] =>
  states.flatMap(([state, word]) => {
    const these = layers.filter(layer => found[layer] === state)
    return these.length === 0 ? [] : [`${word}: ${these.join(', ')}.`]
  })

/** Whether a cause still shows, as far as commands that had shown it were run again. */
export const wordPresence = ({ lastSeen, goneSince }: ReportCause): string => {
  if (goneSince !== undefined) return `no longer shown since ${wordInstant(goneSince.at)} (${goneSince.run})`
  return lastSeen === undefined
    ? 'shown'
    : `last shown at ${wordInstant(lastSeen.at)} (${lastSeen.run}), and not looked at since`
}

const sentenceOf = (cause: ReportCause): string =>
  `${cause.title}: seen on ${cause.hosts.join(', ')}, ${wordPresence(cause)}${
    cause.consequenceOf === undefined ? '' : `; it follows from ${cause.consequenceOf}`
  }.`

/** Whom and what it concerns: the machines and layers, what follows from what, and whether it still shows. */
export const reportImpact = (causes: readonly ReportCause[], found: LayerStates): readonly string[] => [
  ...causes.map(sentenceOf),
  ...layerSentences(found),
]
