import type { Token } from 'marked'
import type { Inline } from '../types.ts'
import type { MarkdownLexer } from './lex.ts'

/** Text without any of these characters has no markup. */
const markup = /[`*_[\]<>!&\\~]|:\/\/|www\./

/** Longer stretches are not looked through for markup: they are data, not prose. */
const longest = 64_000

const entities: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&nbsp;': ' ',
  '&rarr;': '→',
}

const decode = (text: string): string =>
  text.replace(/&(?:amp|lt|gt|quot|nbsp|rarr);/g, entity => entities[entity] ?? entity)

const oneLine = (text: string): string => {
  if (!text.includes('\n')) return text
  const lines = text.split('\n')
  const trimmed = lines.map((line, at) => (at < lines.length - 1 ? line.trimEnd() : line))
  return trimmed.map((line, at) => (at > 0 ? line.trimStart() : line)).join(' ')
}

const childrenOf = (token: Token): readonly Token[] => ('tokens' in token && token.tokens ? token.tokens : [])

const plain = (tokens: readonly Token[]): string => tokens.map(plainOf).join('')

const plainOf = (token: Token): string => {
  if (token.type === 'html' || token.type === 'checkbox') return ''
  if (token.type === 'br') return ' '
  const children = childrenOf(token)
  if (children.length > 0) return plain(children)
  const text = 'text' in token ? String(token.text) : token.raw
  return token.type === 'codespan' ? text : decode(oneLine(text))
}

const toInlines = (token: Token, kind: 'text' | 'strong'): readonly Inline[] => {
  if (token.type === 'codespan') return [{ kind: 'code', text: token.text }]
  if (token.type === 'link')
    return [{ kind: 'link', text: plain(childrenOf(token)), href: String(token.href) }]
  const within = token.type === 'strong' ? 'strong' : kind
  const nested = token.type === 'strong' || token.type === 'em' || token.type === 'del'
  if (nested) return childrenOf(token).flatMap(child => toInlines(child, within))
  const text = plainOf(token)
  return text === '' ? [] : [{ kind: within, text }]
}

const mergeTexts = (inlines: readonly Inline[]): readonly Inline[] => {
  const merged: Inline[] = []
  for (const inline of inlines) {
    const last = merged.at(-1)
    const joins = inline.kind === 'text' && last?.kind === 'text'
    if (joins) merged[merged.length - 1] = { kind: 'text', text: last.text + inline.text }
    else merged.push(inline)
  }
  return merged
}

/** Resolves the markup of running text. Line breaks become blanks; emphasis other than bold is dropped. */
export const parseInlines = (lexer: MarkdownLexer, text: string): readonly Inline[] => {
  if (text.trim() === '') return []
  if (!markup.test(text) || text.length > longest) return [{ kind: 'text', text: oneLine(text) }]
  return mergeTexts(lexer.inlines(text).flatMap(token => toInlines(token, 'text')))
}

/** The text of inlines without markup. */
export const textOfInlines = (inlines: readonly Inline[]): string =>
  inlines.map(inline => inline.text).join('')
