import { parseAllDocuments } from 'yaml'

/** What stands at a path of a parsed document; `undefined` where the path ends early. */
export const at = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null && Object.hasOwn(inner, key)
        ? (inner as Readonly<Record<string, unknown>>)[key]
        : undefined,
    value,
  )

/** A text at a path; numbers are written out, an empty text counts as absent. */
export const textAt = (value: unknown, ...path: readonly string[]): string | undefined => {
  const found = at(value, ...path)
  if (typeof found === 'number' || typeof found === 'bigint') return String(found)
  return typeof found === 'string' && found !== '' ? found : undefined
}

/** A number at a path; digits in quotes count as a number. */
export const numberAt = (value: unknown, ...path: readonly string[]): number | undefined => {
  const found = at(value, ...path)
  if (typeof found === 'number') return found
  return typeof found === 'string' && /^-?\d+(?:\.\d+)?$/.test(found) ? Number(found) : undefined
}

/** A truth value at a path; `undefined` when it is none. */
export const flagAt = (value: unknown, ...path: readonly string[]): boolean | undefined => {
  const found = at(value, ...path)
  return typeof found === 'boolean' ? found : undefined
}

/** The elements at a path; none when there is no list. */
export const listAt = (value: unknown, ...path: readonly string[]): readonly unknown[] => {
  const found = at(value, ...path)
  return Array.isArray(found) ? found : []
}

/** The texts of a list at a path. */
export const textsAt = (value: unknown, ...path: readonly string[]): readonly string[] =>
  listAt(value, ...path).flatMap(item => (typeof item === 'string' ? [item] : []))

/** The members of an object at a path whose values are texts, numbers or truth values, as texts. */
export const textMapAt = (value: unknown, ...path: readonly string[]): Readonly<Record<string, string>> => {
  const found = at(value, ...path)
  if (typeof found !== 'object' || found === null || Array.isArray(found)) return {}
  return Object.fromEntries(
    Object.entries(found).flatMap(([key, value]) =>
      typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
        ? [[key, String(value)]]
        : [],
    ),
  )
}

/** Tells whether a value is an object with members. */
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A JSON text as a value; `undefined` when it does not parse. */
export const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

// A list of everything in a large cluster would hold the caller for seconds.
const LONGEST_YAML = 4_000_000

/**
 * How YAML is parsed. Errors without quotations of the text and keys that are not compared with all before them keep the cost in
 * proportion to the length, also for texts that are no YAML at all; maps as keys, which double it with each level, count as errors.
 */
export const yamlOptions = {
  logLevel: 'silent',
  prettyErrors: false,
  uniqueKeys: false,
  stringKeys: true,
} as const

/** The documents of a YAML (or JSON) text; none when it does not parse. */
export const parseYaml = (text: string): readonly unknown[] => {
  if (/^\s*[[{]/.test(text)) return [parseJson(text)].filter(value => value !== undefined)
  if (text.length > LONGEST_YAML) return []
  try {
    const documents = [...parseAllDocuments(text, yamlOptions)]
    return documents.filter(document => document.errors.length === 0).map(document => document.toJS())
  } catch {
    return []
  }
}

/** The line of a text, counted from 1, on which a phrase stands first; 1 where it does not stand at all. */
export const lineOf = (text: string, phrase: string): number => {
  const found = text.indexOf(phrase)
  return found < 0 ? 1 : text.slice(0, found).split('\n').length
}
