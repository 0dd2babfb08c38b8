import type { Diagnostic } from '../base/index.ts'
import { findControlCharacter, replaceControlCharacters } from './control-characters.ts'
import { pointOut } from './point-out.ts'

/** A text made ready for reading: its lines without their ends, and what was odd about it. A binary file has no lines. */
export type Source = { readonly lines: readonly string[]; readonly diagnostics: readonly Diagnostic[] }

const byteOrderMark = '\u{FEFF}'

/** Line ends of all systems, as CommonMark counts them. */
const lineEnd = /\r\n|\n|\r/

const place = (text: string, offset: number): { readonly line: number; readonly column: number } => {
  const before = text.slice(0, offset).split(lineEnd)
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 }
}

const remarkOnEncoding = (text: string): readonly Diagnostic[] => {
  const offset = text.indexOf('\u{FFFD}')
  if (offset < 0) return []
  return [
    pointOut({
      code: 'E_DOCUMENT_ENCODING',
      severity: 'warning',
      message: 'The file is not valid UTF-8; characters that could not be read show as \u{FFFD}.',
      advice: 'Save the file as UTF-8.',
      ...place(text, offset),
    }),
  ]
}

const remarkOnControls = (text: string, offset: number): Diagnostic =>
  pointOut({
    code: 'E_DOCUMENT_CONTROL_CHARACTER',
    severity: 'warning',
    message:
      'The file holds characters that steer a terminal or turn the order of letters; they show as \u{FFFD}.',
    advice: 'Remove them: with them, a command can look different from what it is.',
    ...place(text, offset),
  })

const refuseBinary = (text: string, offset: number): Source => ({
  lines: [],
  diagnostics: [
    pointOut({
      code: 'E_DOCUMENT_BINARY',
      severity: 'error',
      message: 'The file holds NUL bytes: it is not a text, or not one in UTF-8.',
      advice: 'Open a Markdown file, saved as UTF-8.',
      ...place(text, offset),
    }),
  ],
})

/** Splits a text into lines. A byte order mark is dropped, a file with NUL bytes refused, characters that could not be read or that steer a terminal pointed out. */
export const readSource = (text: string): Source => {
  const body = text.startsWith(byteOrderMark) ? text.slice(1) : text
  const nul = body.indexOf('\u{0}')
  if (nul >= 0) return refuseBinary(body, nul)
  const diagnostics = remarkOnEncoding(body)
  const control = findControlCharacter(body)
  if (control < 0) return { lines: body.split(lineEnd), diagnostics }
  const lines = replaceControlCharacters(body).split(lineEnd)
  return { lines, diagnostics: [...diagnostics, remarkOnControls(body, control)] }
}
