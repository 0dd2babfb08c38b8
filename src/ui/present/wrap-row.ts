import { cellWidth, cutCells } from './cells.ts'
import { rowWidth } from './fit-row.ts'
import type { Row, Span } from './span.ts'
import { row, span } from './span.ts'

type Word = { readonly parts: readonly Span[]; readonly width: number; readonly isSpace: boolean }

const words = (line: Row): readonly Word[] => {
  const found: { parts: Span[]; width: number; isSpace: boolean }[] = []
  for (const part of line) {
    for (const text of part.text.split(/( +)/)) {
      if (text === '') continue
      const isSpace = text.startsWith(' ')
      const last = found.at(-1)
      const piece = { ...part, text }
      if (last !== undefined && last.isSpace === isSpace) {
        last.parts.push(piece)
        last.width += cellWidth(text)
      } else found.push({ parts: [piece], width: cellWidth(text), isSpace })
    }
  }
  return found
}

/** How the second and further rows of a wrapped one begin. */
export type Hanging = { readonly width: number; readonly hang?: string }

/**
 * A row broken between words so that no piece is wider than `width`; a word that alone is wider is cut. Further rows begin with
 * `hang`. Always gives at least one row.
 */
export const wrapRow = (line: Row, { width, hang = '' }: Hanging): readonly Row[] => {
  if (rowWidth(line) <= width || width <= cellWidth(hang)) return [line]
  const rows: Span[][] = [[]]
  let used = 0
  const breakLine = (): void => {
    rows.push(hang === '' ? [] : [span(hang)])
    used = cellWidth(hang)
  }
  const append = (part: Span): void => {
    const line = rows.at(-1) ?? []
    const last = line.at(-1)
    if (last !== undefined && last.tone === part.tone && last.look === part.look) {
      line[line.length - 1] = { ...last, text: last.text + part.text }
    } else line.push(part)
    used += cellWidth(part.text)
  }
  for (const word of words(line)) {
    if (used + word.width > width && (!word.isSpace || used === 0)) {
      if (used > cellWidth(hang) && word.width <= width) breakLine()
    }
    if (word.isSpace && used + word.width > width) {
      if (used > cellWidth(hang)) breakLine()
      continue
    }
    for (const part of word.parts) {
      for (const piece of piecesOf(part, { width, used: () => used, breakLine })) append(piece)
    }
  }
  const isEmptyEnd = rows.length > 1 && used === cellWidth(hang)
  return (isEmptyEnd ? rows.slice(0, -1) : rows).map(trimEnd)
}

type Room = { readonly width: number; readonly used: () => number; readonly breakLine: () => void }

function* piecesOf(part: Span, room: Room): Generator<Span> {
  let rest = part.text
  while (rest !== '') {
    const cut = cutCells(rest, room.width - room.used())
    if (cut.head !== '') yield { ...part, text: cut.head }
    else if (room.used() === 0) {
      yield { ...part, text: rest }
      return
    }
    rest = cut.rest
    if (rest !== '') room.breakLine()
  }
}

const trimEnd = (line: Row): Row => {
  const last = line.at(-1)
  if (last === undefined || !/ $/.test(last.text)) return line
  const text = last.text.trimEnd()
  return text === '' ? trimEnd(line.slice(0, -1)) : [...line.slice(0, -1), { ...last, text }]
}

/** A plain text wrapped into rows of one tone; its own newlines are kept. */
export const wrapText = (text: string, width: number, tone: Span['tone'] = 'plain'): readonly Row[] =>
  text.split('\n').flatMap(line => wrapRow(row(line, tone), { width }))
