import { createContext, use } from 'react'
import type { Row } from '../present/span.ts'
import type { Appearance } from '../theme/appearance.ts'
import { toAscii } from '../theme/glyphs.ts'
import { themeFor } from '../theme/themes.ts'
import { toAnsi } from '../theme/to-ansi.ts'

/** Turns a row into the text that the terminal gets. */
export type Draw = (row: Row) => string

/** The way to draw on a terminal. An empty row is a space, so that it takes its line. */
export const drawFor = (appearance: Appearance): Draw => {
  const theme = themeFor(appearance)
  return row => {
    const text = toAnsi(row, theme) || ' '
    return appearance.glyphs === 'ascii' ? toAscii(text) : text
  }
}

/** Gives every widget the way to draw. */
export const Drawing = createContext<Draw>(drawFor({ colours: 'none', glyphs: 'ascii' }))

/** The way to draw here. */
export const useDraw = (): Draw => use(Drawing)
