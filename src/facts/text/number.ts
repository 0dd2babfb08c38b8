/** A number as programs print it, with a decimal point or comma; `undefined` when the text is none. */
export const parseNumber = (text: string | undefined): number | undefined => {
  if (text === undefined || !/^-?\d+(?:[.,]\d+)?$/.test(text)) return undefined
  return Number(text.replace(',', '.'))
}

/** The share of a whole in percent, rounded to a tenth; `undefined` for an empty whole. */
export const percentOf = (part: number | undefined, whole: number | undefined): number | undefined =>
  part === undefined || whole === undefined || whole === 0
    ? undefined
    : Math.round((part / whole) * 1000) / 10
