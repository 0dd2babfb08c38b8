import { oneLine } from './trim-signs.ts'
import type { Step } from './types.ts'

/** What a fix step's own words say about its commands: what they change, and how that is undone. */
export type FixNotes = { readonly changes: string | undefined; readonly undo: string | undefined }

/** The words of links, code spans and strong text, without the signs around them. */
const withoutMarks = (markdown: string): string =>
  markdown
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/(`+)(.+?)\1/gs, '$2')
    .replace(/\*\*(.+?)\*\*/gs, '$1')

/** A command with the full stop of its sentence, which is no part of it. */
const onlyCommand = /^(`+)[^`]+\1(?=\.$)/

/** `**Undo:** text` up to the next such word or the end of the paragraph; the colon may stand behind the stars, or no stars be there. */
const noteOf = (explanation: string, word: string): string | undefined => {
  const note = new RegExp(
    `(?:^|[\\s>])(?:\\*\\*|__)?${word}(?::(?:\\*\\*|__)|(?:\\*\\*|__):|:)\\s*([\\s\\S]*?)(?=\\n\\s*\\n|(?:\\*\\*|__)[A-Z][\\w ]*(?::(?:\\*\\*|__)|(?:\\*\\*|__):)|$)`,
  ).exec(explanation)
  const said = (note?.[1] ?? '').trim()
  const text = oneLine(withoutMarks(onlyCommand.exec(said)?.[0] ?? said))
  return text === '' ? undefined : text
}

/** Reads what a step's explanation says under **Changes** and **Undo** (or **Rollback**), as plain text of one line. */
export const fixNotesOf = ({ explanation }: Step): FixNotes => ({
  changes: noteOf(explanation, 'Changes'),
  undo: noteOf(explanation, 'Undo') ?? noteOf(explanation, 'Rollback') ?? noteOf(explanation, 'Roll back'),
})
