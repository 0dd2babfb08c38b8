import type { Press } from '../keys/press.ts'
import { cellWidth, graphemes } from '../present/cells.ts'
import { glyphs } from '../theme/glyphs.ts'

/** A line of text being typed; `at` counts user-perceived characters before the cursor. */
export type TextField = { readonly text: string; readonly at: number }

/** A field that holds a text with the cursor at its end. */
export const fieldOf = (text = ''): TextField => ({ text, at: graphemes(text).length })

const rebuild = (before: readonly string[], after: readonly string[]): TextField => ({
  text: [...before, ...after].join(''),
  at: before.length,
})

const split = ({ text, at }: TextField): { before: readonly string[]; after: readonly string[] } => {
  const all = graphemes(text)
  return { before: all.slice(0, at), after: all.slice(at) }
}

/** Puts a text at the cursor. Newlines, tabs and other control characters become spaces: a field is one line. */
export const insertText = (field: TextField, text: string): TextField => {
  const { before, after } = split(field)
  const clean = text.replace(/[\r\n]+$/, '').replace(/[\x00-\x1f\x7f-\x9f]+/g, ' ')
  return rebuild([...before, ...graphemes(clean)], after)
}

const wordStart = (before: readonly string[]): number => before.join('').replace(/\S+\s*$/, '').length

type Edit = (before: readonly string[], after: readonly string[]) => TextField

const edits: Readonly<Record<string, Edit>> = {
  backspace: (before, after) => rebuild(before.slice(0, -1), after),
  delete: (before, after) => rebuild(before, after.slice(1)),
  'ctrl-d': (before, after) => rebuild(before, after.slice(1)),
  'ctrl-u': (_before, after) => rebuild([], after),
  'ctrl-k': before => rebuild(before, []),
  'ctrl-w': (before, after) => rebuild(graphemes(before.join('').slice(0, wordStart(before))), after),
  left: (before, after) => rebuild(before.slice(0, -1), [...before.slice(-1), ...after]),
  right: (before, after) => rebuild([...before, ...after.slice(0, 1)], after.slice(1)),
  home: (before, after) => rebuild([], [...before, ...after]),
  'ctrl-a': (before, after) => rebuild([], [...before, ...after]),
  end: (before, after) => rebuild([...before, ...after], []),
  'ctrl-e': (before, after) => rebuild([...before, ...after], []),
}

/** The field after a key; `undefined` when the key does not edit. The usual keys of a shell's line work. */
export const editField = (field: TextField, press: Press): TextField | undefined => {
  if (press.text !== undefined) return insertText(field, press.text)
  const edit = edits[press.name]
  if (edit === undefined) return undefined
  const { before, after } = split(field)
  return edit(before, after)
}

/** What of a field is seen in `width` columns: the cursor's character is apart so that it can be drawn as a block. */
export type FieldView = { readonly before: string; readonly under: string; readonly after: string }

/** A line end stands as its sign, any other control character as a space. */
const shown = (character: string): string =>
  character === '\n' ? glyphs.return : character.replace(/[\x00-\x1f\x7f-\x9f]/g, ' ')

/** A sign as wide as the character in whose place it tells that there is more. */
const cutSign = (character: string): string => glyphs.more.padEnd(cellWidth(character))

/** The part of a field around its cursor that fits into a width of at least two columns; an ellipsis where it goes on. */
export const viewField = (field: TextField, width: number): FieldView => {
  const parts = split(field)
  const before = parts.before.map(shown)
  const after = parts.after.map(shown)
  const [next = ' '] = after
  // A cluster of musical signs can be wider than the narrowest place.
  const under = cellWidth(next) > width ? glyphs.more : next
  const kept: string[] = []
  let room = width - cellWidth(under)
  for (const character of [...before].reverse()) {
    room -= cellWidth(character)
    if (room < 0) break
    kept.unshift(character)
  }
  const rest: string[] = []
  for (const character of after.slice(1)) {
    room -= cellWidth(character)
    if (room < 0) break
    rest.push(character)
  }
  const [first] = kept
  if (first !== undefined && kept.length < before.length) kept[0] = cutSign(first)
  const last = rest.at(-1)
  if (last !== undefined && rest.length < after.length - 1) rest[rest.length - 1] = cutSign(last)
  return { before: kept.join(''), under, after: rest.join('') }
}
