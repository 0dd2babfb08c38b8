import type { Rectangle, Size } from './rectangle.ts'

/** Where the parts of the home screen stand. */
export type HomeLayout = {
  readonly header: Rectangle
  readonly intro: Rectangle
  readonly list: Rectangle
  /** What the chosen entry is about; only on wide screens. */
  readonly preview: Rectangle | undefined
  readonly divider: Rectangle | undefined
  readonly footer: Rectangle
}

const previewFrom = 100

/** The home screen for a size of at least 40×12. */
export const arrangeHome = ({ columns, rows }: Size): HomeLayout => {
  const introHeight = rows >= 20 ? 4 : 1
  const top = 1 + introHeight
  const height = rows - top - 1
  const hasPreview = columns >= previewFrom
  const listWidth = hasPreview ? Math.floor(columns * 0.55) : columns
  const previewX = listWidth + 1
  return {
    header: { x: 0, y: 0, width: columns, height: 1 },
    intro: { x: 1, y: 1, width: columns - 2, height: introHeight },
    list: { x: 1, y: top, width: listWidth - 2, height },
    preview: hasPreview ? { x: previewX + 1, y: top, width: columns - previewX - 2, height } : undefined,
    divider: hasPreview ? { x: listWidth, y: top, width: 1, height } : undefined,
    footer: { x: 0, y: rows - 1, width: columns, height: 1 },
  }
}
