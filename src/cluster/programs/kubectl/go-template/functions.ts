import type { KubeValue } from '../../../world/kube-object.ts'
import { TemplateProblem } from './words.ts'

const numberText = (value: number): string => {
  const exponent = value === 0 ? 0 : Math.floor(Math.log10(Math.abs(value)))
  // All numbers of an object are floats to the template, and Go prints large ones with an exponent.
  if (exponent < 21 && exponent >= -4 && (exponent < 6 || !Number.isInteger(value))) return String(value)
  return value.toExponential().replace(/e([+-])(\d)$/, 'e$10$2')
}

/** A value as Go's fmt prints it by itself. */
export const goText = (value: KubeValue): string => {
  if (value === undefined || value === null) return '<no value>'
  if (Array.isArray(value)) return `[${value.map(goText).join(' ')}]`
  if (typeof value === 'number') return numberText(value)
  if (typeof value !== 'object') return String(value)
  const pairs = Object.entries(value).filter(([, inner]) => inner !== undefined)
  return `map[${pairs
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inner]) => `${key}:${goText(inner as KubeValue)}`)
    .join(' ')}]`
}

/** Whether a value counts as true: not nothing, zero, or empty. */
export const isTrue = (value: KubeValue): boolean =>
  Array.isArray(value)
    ? value.length > 0
    : value !== null && typeof value === 'object'
      ? Object.keys(value).length > 0
      : Boolean(value)

const formatted = (format: KubeValue, values: readonly KubeValue[]): string => {
  let next = 0
  return String(format).replace(/%-?\d*(?:\.\d+)?[a-zA-Z%]/g, pattern => {
    const verb = pattern.at(-1)
    const width = Number(/\d+/.exec(pattern)?.[0] ?? 0)
    if (verb === '%') return '%'
    if (next >= values.length) return `%!${verb}(MISSING)`
    const value = values[next++]
    const text = verb === 'q' ? JSON.stringify(value) : verb === 'd' ? String(value) : goText(value)
    return pattern[1] === '-' ? text.padEnd(width) : text.padStart(width)
  })
}

const compare =
  (holds: (a: KubeValue, b: KubeValue) => boolean) =>
  (a: KubeValue, b: KubeValue): boolean => {
    if (a === undefined || b === undefined || typeof a !== typeof b)
      throw new TemplateProblem('incompatible types for comparison')
    return holds(a, b)
  }

const indexed = (value: KubeValue, keys: readonly KubeValue[]): KubeValue =>
  keys.reduce<KubeValue>((inner, key) => {
    if (inner === undefined || inner === null) throw new TemplateProblem('index of untyped nil')
    if (Array.isArray(inner) && !(Number(key) in inner))
      throw new TemplateProblem(`error calling index: index out of range: ${String(key)}`)
    return inner[key]
  }, value)

const sizeOf = (value: KubeValue): number => {
  if (value === undefined || value === null)
    throw new TemplateProblem('error calling len: len of nil pointer')
  return typeof value === 'object' ? Object.keys(value).length : String(value).length
}

const decoded = (value: KubeValue): string =>
  new TextDecoder().decode(Uint8Array.from(atob(String(value)), letter => letter.charCodeAt(0)))

/** The functions of Go's templates, and those that kubectl adds. */
export const functions: Readonly<Record<string, (...values: KubeValue[]) => KubeValue>> = {
  eq: (first, ...others) => others.some(other => compare((a, b) => a === b)(first, other)),
  ne: compare((a, b) => a !== b),
  lt: compare((a, b) => a < b),
  le: compare((a, b) => a <= b),
  gt: compare((a, b) => a > b),
  ge: compare((a, b) => a >= b),
  and: (...values) => values.find(value => !isTrue(value)) ?? values.at(-1),
  or: (...values) => values.find(isTrue) ?? values.at(-1),
  not: value => !isTrue(value),
  len: sizeOf,
  index: (value, ...keys) => indexed(value, keys),
  slice: (value, from, to) => value.slice(from, to),
  print: (...values) => values.map(goText).join(''),
  println: (...values) => `${values.map(goText).join(' ')}\n`,
  printf: (format, ...values) => formatted(format, values),
  exists: (value, ...keys) => keys.reduce<KubeValue>((inner, key) => inner?.[key], value) !== undefined,
  base64decode: decoded,
  html: value => goText(value).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;'),
  urlquery: value => encodeURIComponent(goText(value)),
}
