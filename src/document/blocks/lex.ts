import { Lexer, type Token } from 'marked'
import { BlockTokenizer } from './block-tokenizer.ts'

/** A Markdown lexer that keeps link definitions for the inline text of the same document. */
export type MarkdownLexer = {
  readonly blocks: (lines: readonly string[]) => readonly Token[]
  readonly inlines: (text: string) => readonly Token[]
}

const deepest = 24
const deepestIndent = 72

/** How much of a line is looked at: longer runs of marks would be too deep for a regular expression. */
const inspected = 4000
const marks = /[>*+-]|\d[.)]/g
const leadingMarks = new RegExp(`^(?:[ \\t]*(?:[>*+-]|\\d{1,9}[.)])){${deepest},}`)
const leadingBlanks = new RegExp(`^[ \\t]{${deepestIndent},}(?=[>*+-]|\\d{1,9}[.)])`)

/** Each level of nesting costs another pass over what is inside; past any sensible depth the marks are read as text. */
const flatten = (line: string): string => {
  const head = line.slice(0, inspected)
  if (leadingBlanks.test(head)) return `·${line.slice(1)}`
  const run = leadingMarks.exec(head)?.[0]
  return run === undefined
    ? line
    : run.replace(marks, mark => '·'.repeat(mark.length)) + line.slice(run.length)
}

const fenceMark = /^ {0,3}(`{3,}|~{3,})/

/** Indexes of lines before which a text may be cut without changing what its blocks are: headings and text after a blank, outside fences. */
const cutPoints = (lines: readonly string[]): readonly number[] => {
  let fence: string | undefined
  const points: number[] = []
  for (const [at, line] of lines.entries()) {
    const mark = fenceMark.exec(line)?.[1]
    if (fence === undefined && (/^#{1,6}\s/.test(line) || (/^\S/.test(line) && lines[at - 1]?.trim() === '')))
      points.push(at)
    if (mark !== undefined && (fence === undefined || mark.startsWith(fence)))
      fence = fence === undefined ? mark : undefined
  }
  return points
}

const nearest = (points: readonly number[], wanted: number): number | undefined => {
  let low = 0
  let high = points.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((points[middle] ?? 0) < wanted) low = middle + 1
    else high = middle
  }
  return points[low] ?? points[low - 1]
}

/** A lexer that failed half-way keeps a wrong state, so each attempt has its own; link definitions are shared. */
type StartLexer = () => Lexer

/** The lexer's regular expressions run out of stack on a paragraph of megabytes, and its recursion on deep nesting. */
const tryLex = (start: StartLexer, text: string): readonly Token[] | undefined => {
  try {
    return start().blockTokens(text, [])
  } catch {
    return undefined
  }
}

type Piece = { readonly from: number; readonly to: number }

const asParagraph = (text: string): Token => ({ type: 'paragraph', raw: text, text, tokens: [] })

/** Lexes a text that is too much at once piece by piece. */
const lexPieces = (start: StartLexer, lines: readonly string[]): readonly Token[] => {
  const points = cutPoints(lines)
  const tokens: Token[] = []
  const open: Piece[] = [{ from: 0, to: lines.length }]
  for (let piece = open.pop(); piece !== undefined; piece = open.pop()) {
    const { from, to } = piece
    const text = lines.slice(from, to).join('\n') + (to < lines.length ? '\n' : '')
    const lexed = tryLex(start, text)
    if (lexed !== undefined) for (const token of lexed) tokens.push(token)
    else if (to - from <= 1) tokens.push(asParagraph(text))
    else {
      const middle = (from + to) >> 1
      const near = nearest(points, middle) ?? middle
      const cut = near > from && near < to ? near : middle
      open.push({ from: cut, to }, { from, to: cut })
    }
  }
  return tokens
}

const asText = (text: string): Token => ({ type: 'text', raw: text, text })

/** Creates a lexer for one document. Never throws; `raw` of the block tokens counts the newlines of the text. */
export const createLexer = (): MarkdownLexer => {
  const { links } = new Lexer({ gfm: true }).tokens
  const start: StartLexer = () => {
    const lexer = new Lexer({ gfm: true, tokenizer: new BlockTokenizer() })
    lexer.tokens.links = links
    return lexer
  }
  let lexer = start()
  return {
    blocks: lines => {
      const flat = lines.map(flatten)
      return tryLex(start, flat.join('\n')) ?? lexPieces(start, flat)
    },
    inlines: text => {
      try {
        return lexer.inlineTokens(text, [])
      } catch {
        lexer = start()
        return [asText(text)]
      }
    },
  }
}
