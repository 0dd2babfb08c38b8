/** A size in terminal cells. */
export type Size = { readonly columns: number; readonly rows: number }

/** A place on the screen in cells; `x` and `y` count from 0 at the top left. */
export type Rectangle = {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Tells whether two sizes are the same. */
export const isSameSize = (one: Size, other: Size): boolean =>
  one.columns === other.columns && one.rows === other.rows

/** The smallest screen that can be worked on. Below it only a message is shown. */
export const smallestSize: Size = { columns: 40, rows: 12 }

/** Tells whether a screen is too small to work on. */
export const isTooSmall = (size: Size): boolean =>
  size.columns < smallestSize.columns || size.rows < smallestSize.rows
