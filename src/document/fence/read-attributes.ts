import type { Diagnostic } from '../../base/index.ts'
import { adviseWord } from '../advise-word.ts'
import { findControlCharacter } from '../control-characters.ts'
import { pointOut } from '../point-out.ts'
import type { FenceAttributes } from '../types.ts'
import { readDuration } from './read-duration.ts'
import { type AttributePair, readPairs } from './read-pairs.ts'

/** A fence's attributes and what was wrong with those that were left out. */
export type ReadAttributes = {
  readonly attributes: FenceAttributes
  readonly diagnostics: readonly Diagnostic[]
}

/** A fence without attributes. */
export const noAttributes: FenceAttributes = {
  name: undefined,
  where: undefined,
  timeoutMs: undefined,
  interactive: undefined,
  follow: undefined,
  cwd: undefined,
  effect: undefined,
  optional: false,
  excludeFromRunAll: false,
}

type Reader = {
  readonly wants: string
  readonly read: (value: string) => Partial<FenceAttributes> | undefined
}

const flag = (set: (on: boolean) => Partial<FenceAttributes>): Reader => ({
  wants: 'true or false',
  read: value => (value === 'true' || value === 'false' ? set(value === 'true') : undefined),
})

const word = (set: (text: string) => Partial<FenceAttributes>, shape: RegExp, wants: string): Reader => ({
  wants,
  read: value => (shape.test(value) && findControlCharacter(value) < 0 ? set(value) : undefined),
})

const isEffect = (value: string): value is 'read' | 'change' | 'destructive' =>
  ['read', 'change', 'destructive'].includes(value)

const readersByName = {
  name: word(name => ({ name }), /^[^/]*[^/\s][^/]*$/, 'a name without slashes'),
  where: word(where => ({ where }), /^[\w.@{},-]+$/, 'one word'),
  timeout: {
    wants: 'a duration such as 30s or 2m',
    read: value => {
      const timeoutMs = readDuration(value)
      return timeoutMs === undefined ? undefined : { timeoutMs }
    },
  },
  interactive: flag(interactive => ({ interactive })),
  follow: flag(follow => ({ follow })),
  cwd: word(cwd => ({ cwd }), /\S/, 'a path'),
  effect: {
    wants: 'read, change or destructive',
    read: value => (isEffect(value) ? { effect: value } : undefined),
  },
  optional: flag(optional => ({ optional })),
  excludeFromRunAll: flag(excludeFromRunAll => ({ excludeFromRunAll })),
} satisfies Readonly<Record<string, Reader>>

const readers: Readonly<Record<string, Reader>> = readersByName

/** The name of an attribute that a fence may have. */
export type AttributeName = keyof typeof readersByName

/** Attributes that other tools read: Runme's, and line marks and classes of site generators. */
const foreign =
  /^(?:[.#].*|\d[\d-]*|id|tag|background|category|mimeType|promptEnv|terminalRows|closeTerminalOnSuccess|openTerminalOnError|linenos|title|hl_lines|copy)$/

type Place = { readonly line: number; readonly column: number }

const remarkUnknown = ({ key }: AttributePair, place: Place): Diagnostic =>
  pointOut({
    code: 'E_FENCE_UNKNOWN_ATTRIBUTE',
    severity: 'warning',
    message: `A fence has no attribute "${key}".`,
    advice: adviseWord(key, Object.keys(readers)),
    length: key.length,
    ...place,
  })

const remarkValue = ({ key, value }: AttributePair, wants: string, place: Place): Diagnostic =>
  pointOut({
    code: 'E_FENCE_ATTRIBUTE',
    severity: 'error',
    message: `The attribute ${key} cannot be "${value}".`,
    advice: `It wants ${wants}.`,
    length: key.length,
    ...place,
  })

const readPair = (pair: AttributePair, place: Place): Partial<FenceAttributes> | Diagnostic | undefined => {
  const reader = Object.hasOwn(readers, pair.key) ? readers[pair.key] : undefined
  if (reader === undefined) return foreign.test(pair.key) ? undefined : remarkUnknown(pair, place)
  return reader.read(pair.value) ?? remarkValue(pair, reader.wants, place)
}

/** Reads a fence's attributes, braces included, that stand at a place of the source. What is wrong is left out and told. */
export const readAttributes = (text: string, place: Place): ReadAttributes => {
  const pairs = readPairs(text)
  if (!pairs.ok) {
    const { message, offset } = pairs.error
    const at = { line: place.line, column: place.column + offset }
    const advice = 'Write {name=value …} or {"name":"value"}.'
    const code = 'E_FENCE_ATTRIBUTE_SYNTAX'
    const told = pointOut({ code, severity: 'error', message: `The attributes ${message}.`, advice, ...at })
    return { attributes: noAttributes, diagnostics: [told] }
  }
  const results = pairs.value.map(pair => readPair(pair, { ...place, column: place.column + pair.offset }))
  const isDiagnostic = (result: (typeof results)[number]): result is Diagnostic =>
    result !== undefined && 'code' in result
  const diagnostics = results.filter(isDiagnostic)
  const good = results.filter(result => !isDiagnostic(result))
  return { attributes: Object.assign({}, noAttributes, ...good), diagnostics }
}
