/** A number as programs print it, with a decimal point or comma; `undefined` when the text is none. */
export const parseNumber = (text: string | undefined): number | undefined => {
  if (text === undefined || !/^-?\d+(?:[.,]\d+)?$/.test(text)) return undefined
  return Number(text.replace(',', '.'))
}

/** A number of 32 bits without a sign that a program printed as one with a sign: -1 gives 4294967295. */
export const unsigned32 = (value: number): number => (value < 0 ? value + 2 ** 32 : value)

/** A sum of which every part must be known. */
export const sumOf = (...parts: readonly (number | undefined)[]): number | undefined =>
  parts.reduce<number | undefined>(
    (sum, part) => (sum === undefined || part === undefined ? undefined : sum + part),
    0,
  )

/** The share of a whole in percent, rounded to a tenth; `undefined` for an empty whole. */
export const percentOf = (part: number | undefined, whole: number | undefined): number | undefined =>
  part === undefined || whole === undefined || whole === 0
    ? undefined
    : Math.round((part / whole) * 1000) / 10
