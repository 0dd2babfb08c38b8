const opening = /^(?:!!!|\?\?\?\+?)\s+([A-Za-z][\w-]*)(?:\s+"([^"]*)")?\s*:?\s*$/
const fenceMark = /^ {0,3}(`{3,}|~{3,})/

/** A title is short; the pattern would be slow on a line of megabytes. */
const findOpening = (line: string): RegExpExecArray | null => (line.length > 300 ? null : opening.exec(line))

const titleOf = (match: RegExpExecArray): string => {
  const [, kind = '', title] = match
  return title || kind.charAt(0).toUpperCase() + kind.slice(1)
}

/** The content of an admonition: lines indented by four, and blank lines between them. Gives the index behind it. */
const endOfContent = (lines: readonly string[], from: number): number => {
  let at = from
  let end = from
  while (at < lines.length && (/^(?: {4}|\t)/.test(lines[at] ?? '') || lines[at]?.trim() === '')) {
    at += 1
    if (lines[at - 1]?.trim() !== '') end = at
  }
  return end
}

/** Keeps every character in its column: four blanks become a quote mark and three. */
const toQuote = (line: string): string =>
  line.trim() === '' ? '>' : `>   ${line.replace(/^(?: {4}|\t)/, '')}`

/**
 * Turns admonitions (`!!! note:` with an indented text below, as site generators know them) into block quotes, line by line, so
 * that they read well and what is inside them keeps its meaning. Line numbers stay. Fenced code is left alone.
 */
export const quoteAdmonitions = (lines: readonly string[]): readonly string[] => {
  if (!lines.some(line => findOpening(line) !== null)) return lines
  const quoted = [...lines]
  let fence: string | undefined
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? ''
    const mark = fenceMark.exec(line)?.[1]
    if (mark !== undefined && (fence === undefined || mark.startsWith(fence)))
      fence = fence === undefined ? mark : undefined
    const match = fence === undefined ? findOpening(line) : null
    if (match === null) continue
    const end = endOfContent(lines, at + 1)
    quoted[at] = `> **${titleOf(match)}:**`
    for (let inside = at + 1; inside < end; inside += 1) quoted[inside] = toQuote(lines[inside] ?? '')
    at = end - 1
  }
  return quoted
}
