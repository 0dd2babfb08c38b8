import type { StepRef } from '../../base/index.ts'
import type { Library } from '../../session/index.ts'
import { stepName } from '../present/step-name.ts'

/** A step that can be jumped to. */
export type FoundStep = { readonly ref: StepRef; readonly name: string; readonly where: string }

type Candidate = FoundStep & { readonly rest: string }

const readCandidates = (library: Library): readonly Candidate[] =>
  [...library.trees.values()].flatMap(tree =>
    tree.steps.map(step => ({
      ref: { runbook: tree.name, step: step.id },
      name: stepName(step),
      where: tree.title,
      rest: step.commands
        .map(command => command.run)
        .join(' ')
        .toLowerCase(),
    })),
  )

const read = new WeakMap<Library, readonly Candidate[]>()

/** What can be found in a library, read once: a search asks with every key. */
const candidatesOf = (library: Library): readonly Candidate[] => {
  const candidates = read.get(library) ?? readCandidates(library)
  read.set(library, candidates)
  return candidates
}

/** How well a step fits: every word must be in the title, the number or a command; titles count most, their beginnings more. */
const scoreOf = (candidate: Candidate, words: readonly string[]): number | undefined => {
  const name = candidate.name.toLowerCase()
  let score = 0
  for (const word of words) {
    const at = name.indexOf(word)
    if (at === 0) score += 5
    else if (at > 0) score += /\W$/.test(name.slice(0, at)) ? 4 : 3
    else if (candidate.rest.includes(word)) score += 1
    else return undefined
  }
  return score
}

/**
 * The steps of all runbooks that hold every word of a search, best first; those of `here` come before others that fit as well.
 * An empty search gives the steps of `here` in the document's order.
 */
export const searchSteps = (
  library: Library,
  search: string,
  here: string | undefined,
): readonly FoundStep[] => {
  const words = search
    .toLowerCase()
    .split(/\s+/)
    .filter(word => word !== '')
  const isHere = ({ ref }: Candidate): number => (ref.runbook === here ? 0 : 1)
  return candidatesOf(library)
    .flatMap(candidate => {
      const score = scoreOf(candidate, words)
      return score === undefined ? [] : [{ candidate, score }]
    })
    .sort((a, b) => b.score - a.score || isHere(a.candidate) - isHere(b.candidate))
    .map(({ candidate }) => candidate)
}
