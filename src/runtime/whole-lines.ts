const NEWLINE = 10

/** What of a journal can be built upon. */
export type WholeLines = {
  readonly lines: number
  /** How many bytes they take. */
  readonly bytes: number
  /** What has to be written behind them: the newline of a last line that lacks nothing else. */
  readonly end: '' | '\n'
}

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

const countNewlines = (bytes: Buffer): number => {
  let count = 0
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) count += 1
  return count
}

/** Tells how far the lines of a journal are whole. A last line without its newline counts when it is JSON, as it does for who reads it. */
export const wholeLines = (bytes: Buffer): WholeLines => {
  const ended = bytes.lastIndexOf(NEWLINE) + 1
  const lines = countNewlines(bytes)
  return isJson(bytes.toString('utf8', ended))
    ? { lines: lines + 1, bytes: bytes.length, end: '\n' }
    : { lines, bytes: ended, end: '' }
}
