import type { Appearance, ThemeName } from './appearance.ts'
import type { Look, Theme, Tone } from './tone.ts'

const dark: Theme = {
  plain: {},
  dim: { dim: true },
  strong: { bold: true },
  accent: { colour: 'cyan' },
  title: { bold: true, colour: 'cyan' },
  good: { colour: 'green' },
  warn: { colour: 'yellow' },
  bad: { bold: true, colour: 'red' },
  code: { colour: 'cyan' },
  link: { underline: true },
  selected: { bold: true },
  match: { inverse: true },
  cursor: { inverse: true },
  rule: { dim: true },
  'rule-focused': { colour: 'cyan' },
}

/** Green, yellow and cyan cannot be read on white; nor can magenta when bold makes it the bright one, as in many terminals. */
const light: Theme = {
  ...dark,
  accent: { colour: 'blue' },
  title: { bold: true, colour: 'blue' },
  good: { colour: 'blue' },
  warn: { colour: 'magenta' },
  bad: { colour: 'red' },
  code: { colour: 'blue' },
  'rule-focused': { colour: 'blue' },
}

/** Nothing is dim, and what must be seen brings its own background along. Black is never bold: many terminals draw that grey. */
const contrast: Theme = {
  plain: {},
  dim: {},
  strong: { bold: true },
  accent: { bold: true },
  title: { bold: true, underline: true },
  good: { colour: 'black', background: 'bright-green' },
  warn: { colour: 'black', background: 'bright-yellow' },
  bad: { bold: true, colour: 'bright-white', background: 'red' },
  code: { bold: true },
  link: { underline: true },
  selected: { bold: true, inverse: true },
  match: { colour: 'black', background: 'bright-cyan' },
  cursor: { inverse: true },
  rule: {},
  'rule-focused': { bold: true },
}

/** Good is blue, a warning yellow, and what fails is filled: none of them is told from another by red or green. */
const colourBlind: Theme = {
  ...dark,
  good: { colour: 'bright-blue' },
  warn: { colour: 'yellow' },
  bad: { colour: 'black', background: 'yellow' },
}

const themes: Readonly<Record<ThemeName, Theme>> = { dark, light, contrast, 'colour-blind': colourBlind }

const withoutColour = ({ colour: _colour, background: _background, ...look }: Look): Look => look

const none = Object.fromEntries(
  Object.entries(dark).map(([tone, look]) => [tone, withoutColour(look)]),
) as Readonly<Record<Tone, Look>>

/** The looks for a terminal. Without colours, weight and inverse video remain; signs and words never depend on either. */
export const themeFor = ({ colours, theme = 'dark' }: Appearance): Theme =>
  colours === 'none' ? none : themes[theme]

/** A theme that adds nothing: only the looks that a text brings along are drawn. */
export const plainTheme: Theme = {
  ...dark,
  ...Object.fromEntries(Object.keys(dark).map(tone => [tone, {}])),
}
