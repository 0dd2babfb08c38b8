/** The first visible index of a list so that `selected` is in view: the window moves only as far as it must. */
export const windowTop = ({
  count,
  height,
  selected,
}: {
  count: number
  height: number
  selected: number
}): number => {
  if (count <= height) return 0
  const centred = selected - Math.floor(height / 2)
  return Math.max(0, Math.min(centred, count - height))
}

/** A number within bounds; the lower bound wins when they cross. */
export const clamp = (value: number, least: number, most: number): number =>
  Math.max(least, Math.min(value, most))
