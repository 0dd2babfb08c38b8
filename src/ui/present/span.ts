import { showHidden } from '../../base/index.ts'
import type { Look, Tone } from '../theme/tone.ts'

/** A stretch of text with one meaning. `look` comes on top of the tone, for colours that a command itself printed. */
export type Span = { readonly text: string; readonly tone: Tone; readonly look?: Look }

/** One line of the screen, left to right. Holds no newline and no control character. */
export type Row = readonly Span[]

/** A span of a tone. What a terminal would obey or hide is shown. */
export const span = (text: string, tone: Tone = 'plain'): Span => ({ text: showHidden(text), tone })

/** A row of one tone. */
export const row = (text: string, tone: Tone = 'plain'): Row => [span(text, tone)]

/** The text of a row without its looks. */
export const rowText = (line: Row): string => line.map(part => part.text).join('')
