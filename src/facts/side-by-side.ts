import { identityOf, isRow } from './merge-facts.ts'
import { combine, listFact } from './parsed.ts'
import type { FactValue, Parsed } from './types.ts'

type Place = { readonly value: FactValue; readonly line: number }

const placesOf = ({ facts, lines }: Parsed, name: string): readonly Place[] => {
  const rows = facts[name]
  if (!Array.isArray(rows)) return []
  return (rows as readonly FactValue[]).map((value, index) => ({
    value,
    line: lines.get(`${name}[${index}]`) ?? 0,
  }))
}

const widthOf = (value: FactValue): number => (isRow(value) ? Object.keys(value).length : 0)

// Of two lines on the same thing the one that says more is to be looked at.
const unite = (one: Place, other: Place): Place => ({
  value: isRow(one.value) && isRow(other.value) ? { ...other.value, ...one.value } : one.value,
  line: widthOf(other.value) > widthOf(one.value) ? other.line : one.line,
})

const united = (name: string, known: readonly Place[], more: readonly Place[]): readonly Place[] => {
  const keyOf = ({ value }: Place): string | undefined => JSON.stringify(identityOf(name, value))
  const byKey = new Map(more.map(place => [keyOf(place), place]))
  const lines = new Set(known.map(place => place.line))
  const keys = new Set(known.map(keyOf))
  const isNew = (place: Place): boolean => {
    const key = keyOf(place)
    return !lines.has(place.line) && (key === undefined || !keys.has(key))
  }
  const completed = known.map(place => {
    const key = keyOf(place)
    const match = key === undefined ? undefined : byKey.get(key)
    return match === undefined ? place : unite(place, match)
  })
  return [...completed, ...more.filter(isNew)]
}

/**
 * What several parsers read in one output, which several commands of a line printed. Rows of a list that more than one of them gives
 * are united by what identifies them (the unit that `is-enabled` and `status` tell of); no line is read twice.
 */
export const sideBySide = (parts: readonly Parsed[]): Parsed => {
  const names = new Set(parts.flatMap(part => Object.keys(part.facts)))
  const shared = [...names].filter(name => parts.filter(part => Array.isArray(part.facts[name])).length > 1)
  const lists = shared.map(name =>
    listFact(
      name,
      parts.map(part => placesOf(part, name)).reduce((known, more) => united(name, known, more)),
    ),
  )
  return combine([...lists, ...parts])
}
