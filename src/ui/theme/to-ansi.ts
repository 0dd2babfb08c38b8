import { colours, type Look, type Theme, type Tone } from './tone.ts'

/** What `toAnsi` draws: a text with its tone and, on top, a look of its own. */
type Piece = { readonly text: string; readonly tone: Tone; readonly look?: Look }

const foreground = (index: number): number => (index < 8 ? 30 + index : 82 + index)

const codesOf = (look: Look): readonly number[] => [
  ...(look.bold ? [1] : []),
  ...(look.dim ? [2] : []),
  ...(look.italic ? [3] : []),
  ...(look.underline ? [4] : []),
  ...(look.inverse ? [7] : []),
  ...(look.strike ? [9] : []),
  ...(look.colour === undefined ? [] : [foreground(colours.indexOf(look.colour))]),
  ...(look.background === undefined ? [] : [foreground(colours.indexOf(look.background)) + 10]),
]

const hasColours = (theme: Theme): boolean => Object.values(theme).some(look => look.colour !== undefined)

const ownLook = (look: Look, theme: Theme): Look => {
  if (hasColours(theme)) return look
  const { colour: _colour, background: _background, ...rest } = look
  return rest
}

// Rows hold none: the last guard before the terminal, whatever a document or an output smuggled in.
const control = /[\x00-\x1f\x7f-\x9f]/g

/** A row as text with the escape codes of a theme; each piece is closed, so that rows can stand side by side. No control character of the row comes through. */
export const toAnsi = (row: readonly Piece[], theme: Theme): string =>
  row
    .map(({ text: raw, tone, look }) => {
      const text = raw.replace(control, ' ')
      const codes = codesOf(look === undefined ? theme[tone] : { ...theme[tone], ...ownLook(look, theme) })
      return codes.length === 0 ? text : `\x1b[${codes.join(';')}m${text}\x1b[0m`
    })
    .join('')
