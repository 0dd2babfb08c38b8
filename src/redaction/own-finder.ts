import { anyCase } from './any-case.ts'
import type { FoundSecret, OwnSecret } from './types.ts'

/** Every place where the secret stands within a match: which of several the group took is not known, and one mask too many does no harm. */
const placesIn = (match: RegExpExecArray): readonly (readonly [number, number])[] => {
  const [whole] = match
  const secret = match.groups?.secret ?? whole
  const places: (readonly [number, number])[] = []
  if (secret === '') return places
  for (let at = whole.indexOf(secret); at >= 0; at = whole.indexOf(secret, at + secret.length))
    places.push([match.index + at, match.index + at + secret.length])
  return places
}

/** Finds what operators say is a secret, in one line. */
export const createOwnFinder = (own: readonly OwnSecret[]): ((line: string) => readonly FoundSecret[]) => {
  // Neither the flag for indices nor the one for case: with them V8 could not go over to its linear engine.
  const rules = own.map(({ name, source, case: letters }) => ({
    kind: name,
    pattern: new RegExp(letters === 'any' ? anyCase(source) : source, 'g'),
  }))
  return line =>
    rules.flatMap(({ kind, pattern }) =>
      [...line.matchAll(pattern)].flatMap(placesIn).map(([start, end]) => ({ kind, start, end })),
    )
}
