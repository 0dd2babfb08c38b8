/** Splits a text that comes in pieces into its lines. */
export type LineSplitter = {
  /** The lines that are whole with this piece. */
  readonly write: (text: string) => readonly string[]
  /** The last line, where the text does not end in a newline. */
  readonly end: () => readonly string[]
}

/** A line longer than this is cut: no program that a parser reads prints one. */
export const LONGEST_LINE = 4_000_000

/** Lines without their newlines. A line beyond four million characters keeps its beginning only. */
export const createLineSplitter = (): LineSplitter => {
  let open: string[] = []
  let openLength = 0

  const hold = (text: string): void => {
    if (text === '' || openLength >= LONGEST_LINE) return
    open.push(text)
    openLength += text.length
  }

  const release = (last: string): string => {
    hold(last)
    const line = open.length === 1 ? (open[0] ?? '') : open.join('')
    open = []
    openLength = 0
    return line.slice(0, LONGEST_LINE)
  }

  return {
    write: text => {
      const lines = text.split('\n')
      const rest = lines.pop() ?? ''
      if (lines.length > 0 && openLength > 0) lines[0] = release(lines[0] ?? '')
      hold(rest)
      return lines
    },
    end: () => (openLength > 0 ? [release('')] : []),
  }
}
