import type { Token, Tokens } from 'marked'
import type { Diagnostic } from '../../base/index.ts'
import { parseFence } from '../fence/parse-fence.ts'
import type { Block, ListItem } from '../types.ts'
import type { MarkdownLexer } from './lex.ts'
import { countNewlines, findFenceLine, rangeOf } from './line-math.ts'
import { parseInlines, textOfInlines } from './parse-inlines.ts'

/** What the walk over a document's tokens needs and leaves behind. */
export type BlockWalk = {
  readonly source: readonly string[]
  readonly lexer: MarkdownLexer
  readonly diagnostics: Diagnostic[]
  /** Takes note of a heading that stands inside a list or a quote, and of HTML ids. */
  readonly noteAnchor: (anchor: { readonly kind: 'heading' | 'id'; readonly text: string }) => void
}

type At<T> = { readonly token: T; readonly line: number }

const htmlId = /<[a-z][^<>]*?\s(?:id|name)\s*=\s*["']([^"'\s]+)["']/gi
const htmlComments = /<!--[\s\S]*?(?:-->|$)/g

const noteIds = (walk: BlockWalk, raw: string): void => {
  for (const [, id = ''] of raw.matchAll(htmlId)) walk.noteAnchor({ kind: 'id', text: id })
}

const parseProse = (walk: BlockWalk, { token, line }: At<Token>): Block => {
  const lines = rangeOf(token.raw, line, walk.source.length)
  if (token.raw.includes('<')) noteIds(walk, token.raw)
  const text = token.raw.replace(/^\s*\[[ xX]\]\s/, '').trim()
  return { kind: 'prose', lines, inlines: parseInlines(walk.lexer, text) }
}

const hide = (walk: BlockWalk, { token, line }: At<Token>): Block => ({
  kind: 'hidden',
  lines: rangeOf(token.raw, line, walk.source.length),
})

const parseHtml = (walk: BlockWalk, at: At<Token>): Block => {
  const { raw } = at.token
  const hidden = raw.includes('<!--') && raw.replace(htmlComments, '').trim() === ''
  if (!hidden) return parseProse(walk, at)
  return hide(walk, at)
}

const parseNestedHeading = (walk: BlockWalk, at: At<Tokens.Heading>): Block => {
  const text = textOfInlines(parseInlines(walk.lexer, at.token.text))
  walk.noteAnchor({ kind: 'heading', text })
  return parseProse(walk, at)
}

const openingMark = /^ {0,3}(`{3,}|~{3,})/
const isClosed = (raw: string): boolean => {
  const mark = openingMark.exec(raw)?.[1] ?? '```'
  const lines = raw.trimEnd().split('\n')
  const last = lines.at(-1)?.trim() ?? ''
  return lines.length > 1 && last.startsWith(mark) && last === (mark[0] ?? '').repeat(last.length)
}

const parseCode = (walk: BlockWalk, { token, line }: At<Tokens.Code>): Block => {
  if (token.codeBlockStyle === 'indented' || !openingMark.test(token.raw)) {
    return { kind: 'prose', lines: rangeOf(token.raw, line, walk.source.length), inlines: [] }
  }
  const lines = rangeOf(token.raw, findFenceLine(walk.source, line), walk.source.length)
  const parsed = parseFence(walk.source, { lines, text: token.text, closed: isClosed(token.raw) })
  for (const diagnostic of parsed.diagnostics) walk.diagnostics.push(diagnostic)
  return parsed.block
}

const marker = /^\s*(?:[*+-]|\d{1,9}[.)])[ \t]*/

const contentColumn = (raw: string, sourceLine: string): number => {
  const [first = ''] = raw.split('\n', 1)
  const mark = marker.exec(first)?.[0] ?? ''
  const content = first.slice(mark.length)
  const column = content === '' ? -1 : sourceLine.indexOf(content)
  return column >= 0 ? column : sourceLine.search(/\S|$/) + mark.trim().length + 1
}

const parseItem = (walk: BlockWalk, { token, line }: At<Tokens.ListItem>): ListItem => {
  const lines = rangeOf(token.raw, line, walk.source.length)
  const indent = contentColumn(token.raw, walk.source[lines.first - 1] ?? '')
  return { lines, indent, blocks: parseBlocks(walk, token.tokens, line) }
}

const parseList = (walk: BlockWalk, { token, line }: At<Tokens.List>): Block => {
  const items: ListItem[] = []
  let at = line
  for (const item of token.items) {
    items.push(parseItem(walk, { token: item, line: at }))
    at += countNewlines(item.raw)
  }
  return { kind: 'list', ordered: token.ordered, lines: rangeOf(token.raw, line, walk.source.length), items }
}

const parseQuote = (walk: BlockWalk, { token, line }: At<Tokens.Blockquote>): Block => ({
  kind: 'quote',
  lines: rangeOf(token.raw, line, walk.source.length),
  blocks: parseBlocks(walk, token.tokens, line),
})

const parseBlock = (walk: BlockWalk, token: Token, line: number): Block | undefined => {
  // A generic token of the library fits every branch, so the narrowed ones are named.
  if (token.type === 'space' || token.type === 'checkbox') return undefined
  if (token.type === 'hr') return hide(walk, { token, line })
  if (token.type === 'code') return parseCode(walk, { token: token as Tokens.Code, line })
  if (token.type === 'list') return parseList(walk, { token: token as Tokens.List, line })
  if (token.type === 'blockquote') return parseQuote(walk, { token: token as Tokens.Blockquote, line })
  if (token.type === 'html') return parseHtml(walk, { token, line })
  if (token.type === 'heading') return parseNestedHeading(walk, { token: token as Tokens.Heading, line })
  return parseProse(walk, { token, line })
}

/** Makes blocks of tokens that begin on a line of the source. Headings among them stand inside lists or quotes and are prose. */
export const parseBlocks = (walk: BlockWalk, tokens: readonly Token[], line: number): readonly Block[] => {
  const blocks: Block[] = []
  let at = line
  for (const token of tokens) {
    const block = parseBlock(walk, token, at)
    if (block !== undefined) blocks.push(block)
    at += countNewlines(token.raw)
  }
  return blocks
}
