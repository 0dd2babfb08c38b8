import { fail, type Result, succeed } from '../../base/index.ts'

/** One attribute as written; `offset` counts from the opening brace. */
export type AttributePair = { readonly key: string; readonly value: string; readonly offset: number }

/** What could not be read, and where, counted from the opening brace. */
export type PairError = { readonly message: string; readonly offset: number }

const pair = /\s*,?\s*(?:([\w.#-]+)(?:\s*=\s*(?:"((?:\\.|[^"\\])*)"|'([^']*)'|([^\s,}"'=][^\s,}"']*)))?)/y

const withoutEscapes = (text: string): string => text.replace(/\\(.)/g, '$1')

const toPair = (match: RegExpExecArray): AttributePair => {
  const [whole, key = '', double, single, bare] = match
  const offset = match.index + whole.indexOf(key)
  const value = double === undefined ? (single ?? bare ?? 'true') : withoutEscapes(double)
  return { key, value, offset }
}

/** Reads `{name=etcd timeout=30s}`; a bare word means true. */
const readBare = (text: string): Result<readonly AttributePair[], PairError> => {
  const pairs: AttributePair[] = []
  pair.lastIndex = 1
  while (!/^\s*,?\s*\}$/.test(text.slice(pair.lastIndex))) {
    const from = pair.lastIndex
    const match = pair.exec(text)
    if (match === null)
      return fail({ message: `cannot be read at "${text.slice(from, from + 20)}"`, offset: from })
    pairs.push(toPair(match))
  }
  return succeed(pairs)
}

const parseJson = (text: string): Result<object, PairError> => {
  try {
    return succeed(Object(JSON.parse(text)))
  } catch (error) {
    return fail({
      message: `are not valid JSON (${error instanceof Error ? error.message : 'unknown'})`,
      offset: 0,
    })
  }
}

/** Reads `{"name":"etcd"}`. */
const readJson = (text: string): Result<readonly AttributePair[], PairError> => {
  const parsed = parseJson(text)
  if (!parsed.ok) return parsed
  return succeed(
    Object.entries(parsed.value).map(([key, value]) => ({
      key,
      value: typeof value === 'string' ? value : JSON.stringify(value),
      offset: Math.max(0, text.indexOf(`"${key}"`)) + 1,
    })),
  )
}

const longest = 4000

/** Reads attributes in either spelling, braces included. */
export const readPairs = (text: string): Result<readonly AttributePair[], PairError> => {
  if (text.length > longest) return fail({ message: `are longer than ${longest} characters`, offset: 0 })
  return /^\{\s*"/.test(text) ? readJson(text) : readBare(text)
}
