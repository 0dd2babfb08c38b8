/** What a piece of text means on the screen. A theme says how each looks; present functions know only these. */
export type Tone =
  | 'plain'
  | 'dim'
  | 'strong'
  | 'accent'
  | 'title'
  | 'good'
  | 'warn'
  | 'bad'
  | 'code'
  | 'link'
  | 'selected'
  | 'match'
  | 'cursor'
  | 'rule'
  | 'rule-focused'

/** The sixteen colours that every terminal has and its owner may have chosen. */
export const colours = [
  'black',
  'red',
  'green',
  'yellow',
  'blue',
  'magenta',
  'cyan',
  'white',
  'bright-black',
  'bright-red',
  'bright-green',
  'bright-yellow',
  'bright-blue',
  'bright-magenta',
  'bright-cyan',
  'bright-white',
] as const

/** One of the sixteen colours. */
export type Colour = (typeof colours)[number]

/** How a piece of text is drawn. What is absent stays as the terminal has it. */
export type Look = {
  readonly colour?: Colour
  readonly background?: Colour
  readonly bold?: true
  readonly dim?: true
  readonly italic?: true
  readonly underline?: true
  readonly inverse?: true
  readonly strike?: true
}

/** A look for every tone. */
export type Theme = Readonly<Record<Tone, Look>>
