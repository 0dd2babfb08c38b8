/**
 * Joins lines without the blank ones at both ends. Written without a pattern: one that looks for blanks at the end of a text takes
 * quadratic time on long runs of them in the middle.
 */
export const joinWithoutBlankEnds = (lines: readonly string[]): string => {
  const isText = (line: string): boolean => line.trim() !== ''
  const first = lines.findIndex(isText)
  return first < 0
    ? ''
    : lines
        .slice(first, lines.findLastIndex(isText) + 1)
        .join('\n')
        .trimEnd()
}
