import type { Appearance } from './appearance.ts'
import type { Look, Theme, Tone } from './tone.ts'

const sixteen: Theme = {
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

const withoutColour = ({ colour: _colour, background: _background, ...look }: Look): Look => look

const none = Object.fromEntries(
  Object.entries(sixteen).map(([tone, look]) => [tone, withoutColour(look)]),
) as Readonly<Record<Tone, Look>>

/** The looks for a terminal. Without colours, weight and inverse video remain; signs and words never depend on either. */
export const themeFor = (appearance: Appearance): Theme => (appearance.colours === 'none' ? none : sixteen)

/** A theme that adds nothing: only the looks that a text brings along are drawn. */
export const plainTheme: Theme = {
  ...sixteen,
  ...Object.fromEntries(Object.keys(sixteen).map(tone => [tone, {}])),
}
