/** A cell of ps's table, with the width that its column keeps whatever stands in it. */
export type PsCell = { readonly text: string; readonly width: number; readonly isRight: boolean }

/** One line of ps's table: a cell that is too long takes from the blanks that follow, so that later columns stand where they should again. */
export const psLine = (cells: readonly PsCell[]): string => {
  let line = ''
  let due = 0
  for (const [at, { text, width, isRight }] of cells.entries()) {
    const pad = isRight ? Math.max(0, width - text.length) : 0
    line += ' '.repeat(Math.max(at === 0 ? 0 : 1, due - line.length + pad)) + text
    due += width + 1
  }
  return line.trimEnd()
}
