/** How the lines of one text are searched and shown. */
export type Showing = {
  readonly isInverted: boolean
  readonly most: number
  readonly before: number
  readonly after: number
  readonly separator: string | undefined
  readonly onlyMatches: boolean
  readonly isNumbered: boolean
  readonly isCounted: boolean
  readonly isByte: boolean
  readonly isTabbed: boolean
  readonly isColored: boolean
  readonly lineEnd: string
  readonly nameEnd: string
}

/** What a search found in one text. */
export type Found = { readonly count: number; readonly shown: string }

type Line = { readonly text: string; readonly index: number; readonly offset: number }

const RESET = '\u001b[m\u001b[K'
const painted = (code: string, text: string): string => `\u001b[${code}m\u001b[K${text}${RESET}`

const spansIn = (text: string, pattern: RegExp): readonly RegExpExecArray[] => {
  pattern.lastIndex = 0
  return [...text.matchAll(pattern)].filter(([whole]) => whole !== '')
}

const isFound = (text: string, pattern: RegExp): boolean => {
  pattern.lastIndex = 0
  return pattern.test(text)
}

/** What stands before a line: its file, its number, its place, each with the mark of a match or of context. */
const prefixOf = (
  line: Pick<Line, 'index' | 'offset'>,
  mark: string,
  how: Showing & { name?: string },
): string => {
  const paint = (code: string, text: string): string => (how.isColored ? painted(code, text) : text)
  const width = how.isTabbed ? 4 : 0
  const parts = [
    ...(how.name === undefined ? [] : [paint('35', how.name)]),
    ...(how.isNumbered ? [paint('32', String(line.index + 1).padStart(width))] : []),
    ...(how.isByte ? [paint('32', String(line.offset).padStart(width))] : []),
  ]
  if (parts.length === 0) return ''
  const ends = parts.map((part, at) =>
    at === 0 && how.name !== undefined && how.nameEnd !== ''
      ? `${part}${how.nameEnd}`
      : `${part}${paint('36', mark)}`,
  )
  return `${ends.join('')}${how.isTabbed ? '\t' : ''}`
}

const linesOf = (text: string, end: string): readonly Line[] => {
  const parts = text.split(end)
  if (parts.at(-1) === '') parts.pop()
  let offset = 0
  return parts.map((part, index) => {
    const line = { text: part, index, offset }
    offset += new TextEncoder().encode(part).length + 1
    return line
  })
}

const colored = (text: string, pattern: RegExp): string =>
  text.replace(pattern, whole => (whole === '' ? '' : painted('01;31', whole)))

/** The rows that a matching line brings: itself, or each part of it that matches. */
const rowsOf = (line: Line, pattern: RegExp, how: Showing & { name?: string }): readonly string[] => {
  if (!how.onlyMatches)
    return [
      `${prefixOf(line, ':', how)}${how.isColored && !how.isInverted ? colored(line.text, pattern) : line.text}${how.lineEnd}`,
    ]
  if (how.isInverted) return []
  return spansIn(line.text, pattern).map(({ 0: whole, index }) => {
    const offset = line.offset + new TextEncoder().encode(line.text.slice(0, index)).length
    return `${prefixOf({ ...line, offset }, ':', how)}${how.isColored ? painted('01;31', whole) : whole}${how.lineEnd}`
  })
}

/** Searches a text line by line; `name` stands before each row where it is given. */
export const searchText = (text: string, pattern: RegExp, how: Showing & { name?: string }): Found => {
  const lines = linesOf(text, how.lineEnd)
  const hits = lines
    .filter(line => isFound(line.text, pattern) !== how.isInverted)
    .slice(0, Math.max(0, how.most))
  if (how.isCounted) return { count: hits.length, shown: '' }
  const rows: string[] = []
  let shownTo = -1
  const context = (from: number, to: number): void => {
    for (const line of lines.slice(Math.max(from, shownTo + 1), to))
      if (!how.onlyMatches) rows.push(`${prefixOf(line, '-', how)}${line.text}${how.lineEnd}`)
  }
  hits.forEach((hit, at) => {
    const from = Math.max(hit.index - how.before, shownTo + 1)
    const hasContext = how.before > 0 || how.after > 0
    if (hasContext && shownTo !== -1 && from > shownTo + 1 && how.separator !== undefined)
      rows.push(`${how.isColored ? painted('36', how.separator) : how.separator}\n`)
    context(from, hit.index)
    rows.push(...rowsOf(hit, pattern, how))
    shownTo = hit.index
    const next = hits[at + 1]?.index ?? lines.length
    const to = Math.min(hit.index + how.after + 1, next)
    context(hit.index + 1, to)
    shownTo = Math.max(shownTo, to - 1)
  })
  return { count: hits.length, shown: rows.join('') }
}
