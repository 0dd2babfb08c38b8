import { fail, type Result, succeed } from '../../base/index.ts'
import { type Kind, type ValueProblem, wrong } from '../kind.ts'

/** The word for an amount without a limit. */
const ALL = 'all'

type Units = Readonly<Record<string, number>>

const timeUnits: Units = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 }
const sizeUnits: Units = { B: 1, KB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12 }
const binaryUnits: Units = { KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30, TiB: 2 ** 40 }

const amountIn = (text: string, units: Units, usual: string): number | undefined => {
  const [, digits, unit] = /^(\d+(?:\.\d+)?)\s*([A-Za-z]*)$/.exec(text.trim()) ?? []
  const name = Object.keys(units).find(one => one.toLowerCase() === (unit || usual).toLowerCase())
  const amount = Number(digits) * (name === undefined ? Number.NaN : (units[name] ?? Number.NaN))
  return amount > 0 && Number.isFinite(amount) ? amount : undefined
}

/** Milliseconds of a time such as `30s`, `2m`, `500ms` or a bare number of seconds; `undefined` when it is none. */
export const readTime = (text: string): number | undefined => amountIn(text, timeUnits, 's')

/** An amount in the largest of the units in which it is a whole number. */
const inUnits = (amount: number, units: Units): string => {
  const [name = '', size = 1] =
    Object.entries(units).findLast(([, one]) => amount >= one && amount % one === 0) ??
    Object.entries(units)[0] ??
    []
  return `${amount / size}${name}`
}

const asText = (written: unknown): string | undefined =>
  typeof written === 'string' || typeof written === 'number' ? String(written) : undefined

const orWrong = <T>(value: T | undefined, message: string): Result<T, readonly ValueProblem[]> =>
  value === undefined ? fail(wrong(message)) : succeed(value)

/** A length of time, in milliseconds. */
export const time: Kind<number> = {
  takes: 'a time such as 30s, 2m or 500ms',
  read: written => orWrong(readTime(asText(written) ?? ''), `${written} is no time; write one such as 30s`),
  show: value => inUnits(value, timeUnits),
  text: 'plain',
  schema: { type: ['string', 'number'], pattern: String.raw`^\d+(\.\d+)?\s*(ms|s|m|h)?$` },
}

/** Bytes of a size such as `500MB` or a bare number of bytes, infinite for `all`; `undefined` when it is none. */
export const readSize = (text: string): number | undefined =>
  text === ALL ? Number.POSITIVE_INFINITY : amountIn(text, { ...sizeUnits, ...binaryUnits }, 'B')

/** An amount of storage in bytes; infinite for `all`. */
export const size: Kind<number> = {
  takes: 'a size such as 500MB or 2GiB, or all',
  read: written => orWrong(readSize(asText(written) ?? ''), `${written} is no size; write one such as 2GB`),
  show: value => (value === Number.POSITIVE_INFINITY ? ALL : inUnits(value, sizeUnits)),
  text: 'plain',
  schema: { type: ['string', 'number'], pattern: String.raw`^(all|\d+(\.\d+)?\s*([KMGT]i?)?B?)$` },
}

const daysOf = (text: string): number | undefined => {
  if (text === ALL) return Number.POSITIVE_INFINITY
  return /^[1-9]\d{0,5}$/.test(text) ? Number(text) : undefined
}

/** A whole number of days from 1; infinite for `all`. */
export const days: Kind<number> = {
  takes: 'a number of days, or all',
  read: written =>
    orWrong(daysOf(asText(written) ?? ''), `${written} is no number of days; write one such as 90, or all`),
  show: value => (value === Number.POSITIVE_INFINITY ? ALL : String(value)),
  text: 'plain',
  schema: { anyOf: [{ type: 'integer', minimum: 1 }, { const: ALL }] },
}
