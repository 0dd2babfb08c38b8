import type { Diagnostic, Span } from '../../base/index.ts'
import { pointOut } from '../point-out.ts'
import { joinWithoutBlankEnds } from '../trim-blank.ts'
import type { DocumentCommand, FencePart, FenceText } from '../types.ts'

/** The content of a command fence: its lines without the indentation of the fence, and where they stand in the source. */
export type FenceBody = {
  readonly lines: readonly string[]
  /** Number of the first of them in the file. */
  readonly firstLine: number
  readonly source: readonly string[]
}

/** What a fence's content gave. */
export type ReadFence = { readonly parts: readonly FencePart[]; readonly diagnostics: readonly Diagnostic[] }

/** A part while later comments or output may still be added to it. */
export type OpenPart =
  | (Omit<DocumentCommand, 'caption' | 'sample'> & {
      captions: readonly (string | undefined)[]
      sample: string[]
    })
  | { readonly kind: 'text'; readonly first: number; readonly texts: string[] }

/** The span in the source of some lines of a body, given by index; it begins where `text` stands on the first. */
export const spanInBody = (
  body: FenceBody,
  range: readonly [first: number, last: number],
  text: string,
): Span => {
  const [first, last] = range
  const line = body.firstLine + first
  const source = body.source[line - 1] ?? ''
  const firstOfText = text.split('\n', 1)[0] ?? ''
  const at = Math.max(source.indexOf(firstOfText), source.search(/\S/), 0)
  const end = body.firstLine + last
  return {
    start: { line, column: at + 1 },
    end: { line: end, column: (body.source[end - 1] ?? '').trimEnd().length + 1 },
  }
}

/** Tells of a command that cannot be run because something in it is never closed. */
export const remarkUnclosed = (body: FenceBody, index: number): Diagnostic => {
  const line = body.firstLine + index
  return pointOut({
    code: 'E_FENCE_UNCLOSED_COMMAND',
    severity: 'hint',
    message:
      'A quote, bracket, loop or heredoc that begins here is never closed; the line is shown, not run.',
    advice: 'Close it, or tag the fence as text when it holds no commands.',
    line,
    column: Math.max(0, (body.source[line - 1] ?? '').search(/\S/)) + 1,
  })
}

/** Adds lines that are no command; lines that follow each other become one text. */
export const addText = (parts: OpenPart[], first: number, texts: readonly string[]): void => {
  const last = parts.at(-1)
  if (last?.kind === 'text' && last.first + last.texts.length === first)
    for (const text of texts) last.texts.push(text)
  else parts.push({ kind: 'text', first, texts: [...texts] })
}

const closeText = (body: FenceBody, part: Extract<OpenPart, { kind: 'text' }>): FenceText => {
  const first = body.firstLine + part.first
  return {
    kind: 'text',
    text: part.texts.join('\n').trimEnd(),
    lines: { first, last: first + part.texts.length - 1 },
  }
}

/** Makes parts final; `toCaption` joins the comments of a command. */
export const closeParts = (
  body: FenceBody,
  parts: readonly OpenPart[],
  toCaption: (comments: readonly (string | undefined)[]) => string | undefined,
): readonly FencePart[] =>
  parts.map(part => {
    if (part.kind === 'text') return closeText(body, part)
    const { captions, sample, ...command } = part
    const output = joinWithoutBlankEnds(sample)
    return { ...command, caption: toCaption(captions), sample: output === '' ? undefined : output }
  })
