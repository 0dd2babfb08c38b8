import { cellWidth } from './cells.ts'
import { renderMarkdown } from './markdown-renderer.ts'
import { parseSgr } from './parse-sgr.ts'
import { type Row, rowText } from './span.ts'
import { wrapRow } from './wrap-row.ts'

const signs = /^(?:│ )*\s*(?:(?:• |\d+\. )(?:\[[ x]\] )?)?/

/** How the further rows of a wrapped one begin: quoted as the first, and indented as far as the text behind its list sign. */
const hangOf = (text: string): string => {
  const sign = signs.exec(text)?.[0] ?? ''
  const quote = /^(?:│ )*/.exec(sign)?.[0] ?? ''
  return quote + ' '.repeat(cellWidth(sign.slice(quote.length)))
}

/** Code is what the renderer colours: each theme has its own look for it. */
const withTones = (parts: Row): Row =>
  parts.map(part => {
    if (part.look?.colour === undefined) return part
    const { colour: _colour, ...look } = part.look
    return Object.keys(look).length === 0
      ? { text: part.text, tone: 'code' }
      : { text: part.text, tone: 'code', look }
  })

const wrapLine = (line: string, width: number): readonly Row[] => {
  const parts = withTones(parseSgr(line))
  const hang = hangOf(rowText(parts))
  return wrapRow(parts, { width, hang: cellWidth(hang) < width / 2 ? hang : '' })
}

/** Markdown rendered for a width, as rows: paragraphs, lists, quotes and code wrapped, no empty row at the ends. */
export const presentMarkdown = (markdown: string, width: number): readonly Row[] => {
  const text = renderMarkdown(markdown, width)
    .replace(/\n{3,}/g, '\n\n')
    .replace(/^\n+|\s+$/g, '')
  return text === '' ? [] : text.split('\n').flatMap(line => wrapLine(line, width))
}
