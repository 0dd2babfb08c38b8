/** What the first group of a pattern holds in a text; `undefined` where it does not fit. */
export const capture = (text: string | undefined, pattern: RegExp): string | undefined =>
  pattern.exec(text ?? '')?.[1]
