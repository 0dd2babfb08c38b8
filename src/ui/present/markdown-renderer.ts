import { Marked, type RendererObject, type RendererThis, type Token, type Tokens } from 'marked'
import { markedTerminal } from 'marked-terminal'
import { languageOfCode } from './code-languages.ts'
import { indentItem } from './indent-item.ts'
import { presentTable, type TableCell } from './markdown-table.ts'
import { parseSgr } from './parse-sgr.ts'

const styled =
  (open: number, close: number) =>
  (text: string): string =>
    `\x1b[${open}m${text}\x1b[${close}m`

const same = (text: string): string => text
const strong = styled(1, 22)
const quiet = styled(2, 22)
const underlined = styled(4, 24)
const code = styled(36, 39)

/** Looks are set here, not by the terminal's guessed abilities, so that a row is the same wherever it is drawn. */
const looks = {
  heading: strong,
  firstHeading: strong,
  code,
  strong,
  em: styled(3, 23),
  del: styled(9, 29),
  paragraph: same,
  showSectionPrefix: false,
  emoji: false,
  unescape: false,
  reflowText: false,
  tab: 2,
}

const entities: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&nbsp;': ' ',
}

const printable = (text: string): string => text.replace(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/g, '')

const elements =
  'a abbr b blockquote code del details div em h[1-6] i img ins kbd li ol p pre s samp small span strike strong sub summary sup table tbody td th thead tr u ul var'

/** Tags that only set text: a browser obeys them, a person reads what stands between. What else stands in angles, such as `<pod-name>`, is said. */
const setting = new RegExp(`</?(?:${elements.replaceAll(' ', '|')})(?:\\s[^<>]*)?/?>`, 'gi')

/** What is left to read of HTML. */
const readable = (html: string): string =>
  printable(html)
    .replace(/<!--.*?-->/gs, '')
    .replace(/<[bh]r\s*\/?>/gi, '\n')
    .replace(setting, '')

type Sanitary = Tokens.Text | Tokens.Escape | Tokens.Tag

/** What marked-terminal leaves undone or does wrongly: inline marks in tight lists, numbering around nested lists, doubled check
 * boxes, the source's own line breaks, tables wider than the screen. */
const mended = (width: number): RendererObject => ({
  text(token: Sanitary) {
    if ('tokens' in token && token.tokens !== undefined) return `${this.parser.parseInline(token.tokens)}\n`
    return printable(token.text)
      .replace(/\n/g, ' ')
      .replace(/&#?\w+;/g, entity => entities[entity] ?? entity)
  },
  html({ text, block }: Tokens.HTML | Tokens.Tag) {
    const left = readable(text)
    if (!block) return left
    return left.trim() === '' ? '' : `${left.trim()}\n\n`
  },
  codespan: ({ text }: Tokens.Codespan) => code(printable(text).replace(/\n/g, ' ')),
  checkbox: ({ checked }: Tokens.Checkbox) => (checked ? '[x] ' : '[ ] '),
  list({ items, ordered, start }: Tokens.List) {
    const first = start === '' ? 1 : start
    const drawn = items.map((item, at) =>
      indentItem(ordered ? `${first + at}. ` : '• ', this.parser.parse(item.tokens)),
    )
    return `${drawn.join('\n')}\n\n`
  },
  link({ href, tokens, text }: Tokens.Link) {
    const shown = underlined(this.parser.parseInline(tokens))
    return href.startsWith('#') || href === text ? shown : `${shown} (${printable(href)})`
  },
  image: ({ text, href }: Tokens.Image) => `[picture: ${printable(text === '' ? href : text)}]`,
  hr: () => `${quiet('─'.repeat(width))}\n\n`,
  blockquote({ tokens }: Tokens.Blockquote) {
    return `${this.parser
      .parse(tokens)
      .trim()
      .replace(/\n{2,}/g, '\n\n')
      .replace(/^/gm, '│ ')}\n\n`
  },
  table(token: Tokens.Table) {
    return `${presentTable(cellsOf(this, token), width)}\n\n`
  },
})

const cellsOf = ({ parser }: RendererThis, { header, rows }: Tokens.Table) => {
  const cell = ({ tokens }: Tokens.TableCell): TableCell => parseSgr(parser.parseInline(tokens))
  return { header: header.map(cell), rows: rows.map(line => line.map(cell)) }
}

/** Left to itself, the renderer tries all the languages there are on code that names none, and complains of names that it does not know. */
const nameLanguage = (token: Token): void => {
  if (token.type === 'code') token.lang = languageOfCode(token.lang)
}

const rendererFor = (width: number): Marked => {
  const { renderer } = markedTerminal(looks) as unknown as { renderer: RendererObject }
  return new Marked({ renderer }, { renderer: mended(width), walkTokens: nameLanguage })
}

const renderers = new Map<number, Marked>()

/** Markdown as text with colour codes, one paragraph a line and no line wrapped; only tables and rules keep to the width. */
export const renderMarkdown = (markdown: string, width: number): string => {
  const renderer = renderers.get(width) ?? rendererFor(width)
  renderers.set(width, renderer)
  return renderer.parse(markdown, { async: false })
}
