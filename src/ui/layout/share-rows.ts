/** What one part of a column asks for, in rows: never below `least`, and never more than `most`. */
export type Share = { readonly least: number; readonly most: number }

/**
 * Rows for each part of a column, in order: everyone gets the least, then the parts grow one row at a time in turn until nobody wants
 * more or nothing is left. When even the least does not fit, the last parts go short first.
 */
export const shareRows = (shares: readonly Share[], rows: number): readonly number[] => {
  const given: number[] = []
  let left = rows
  for (const { least } of shares) {
    const take = Math.min(least, left)
    given.push(take)
    left -= take
  }
  while (left > 0) {
    const before = left
    shares.forEach(({ most }, at) => {
      const has = given[at] ?? 0
      if (left > 0 && has < most) {
        given[at] = has + 1
        left--
      }
    })
    if (left === before) break
  }
  return given
}
