/** A stretch of a text in UTF-16 units. */
export type Match = { readonly from: number; readonly to: number }

const most = 200

/** Where a text holds what is searched for, without regard to case unless the search has upper case itself. At most 200. */
export const findMatches = (text: string, wanted: string): readonly Match[] => {
  if (wanted === '') return []
  const hasUpper = wanted !== wanted.toLowerCase()
  const haystack = hasUpper ? text : text.toLowerCase()
  const found: Match[] = []
  let from = haystack.indexOf(wanted)
  while (from >= 0 && found.length < most) {
    found.push({ from, to: from + wanted.length })
    from = haystack.indexOf(wanted, from + wanted.length)
  }
  return found
}

/** Tells whether a text holds what is searched for. */
export const holdsMatch = (text: string, wanted: string): boolean =>
  wanted !== '' && (wanted === wanted.toLowerCase() ? text.toLowerCase() : text).includes(wanted)
