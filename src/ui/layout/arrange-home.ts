import type { Rectangle, Size } from './rectangle.ts'

/** Where the parts of the home screen stand. */
export type HomeLayout = {
  readonly intro: Rectangle
  readonly sections: Rectangle
  readonly list: Rectangle
  /** What the chosen entry is about; only on wide screens. */
  readonly preview: Rectangle | undefined
  readonly divider: Rectangle | undefined
}

const previewFrom = 100
/** Below this height only the list remains, between its sections and the keys. */
const introFrom = 16

/** The room for the sentences at the top of the home screen. */
export type IntroRoom = { readonly width: number; readonly height: number }

/** How much room the sentences at the top may take: a quarter of the screen, none where it is low. */
export const introRoom = ({ columns, rows }: Size): IntroRoom => ({
  width: columns - 2,
  height: rows < introFrom ? 0 : Math.floor(rows / 4),
})

/** The home screen for a size of at least 40×12; `introRows` is what the sentences at its top take. */
export const arrangeHome = ({ columns, rows }: Size, introRows: number): HomeLayout => {
  const said = Math.min(introRows, introRoom({ columns, rows }).height)
  const intro = { x: 1, y: said === 0 ? 1 : 2, width: columns - 2, height: said }
  const sections = { x: 1, y: intro.y + said + (said === 0 ? 0 : 1), width: columns - 2, height: 1 }
  const top = sections.y + (rows < introFrom ? 1 : 2)
  const height = rows - top - 1
  const hasPreview = columns >= previewFrom
  const listWidth = hasPreview ? Math.floor(columns * 0.55) : columns
  const previewX = listWidth + 1
  return {
    intro,
    sections,
    list: { x: 1, y: top, width: listWidth - 2, height },
    preview: hasPreview ? { x: previewX + 1, y: top, width: columns - previewX - 2, height } : undefined,
    divider: hasPreview ? { x: listWidth, y: top, width: 1, height } : undefined,
  }
}
