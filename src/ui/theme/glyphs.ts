import type { Appearance } from './appearance.ts'

/** The signs of the screen. Every sign stands beside a word that says the same. */
export type Glyphs = {
  readonly horizontal: string
  readonly horizontalFocused: string
  readonly vertical: string
  readonly teeDown: string
  readonly teeRight: string
  readonly cornerTopLeft: string
  readonly cornerTopRight: string
  readonly cornerBottomLeft: string
  readonly cornerBottomRight: string
  readonly selected: string
  readonly good: string
  readonly bad: string
  readonly warn: string
  readonly unknown: string
  readonly untouched: string
  readonly running: string
  readonly here: string
  readonly recommended: string
  readonly look: string
  readonly branch: string
  readonly lastBranch: string
  readonly bullet: string
  readonly more: string
  readonly separator: string
}

const unicode: Glyphs = {
  horizontal: '─',
  horizontalFocused: '━',
  vertical: '│',
  teeDown: '┬',
  teeRight: '├',
  cornerTopLeft: '╭',
  cornerTopRight: '╮',
  cornerBottomLeft: '╰',
  cornerBottomRight: '╯',
  selected: '❯',
  good: '✓',
  bad: '✗',
  warn: '!',
  unknown: '?',
  untouched: '·',
  running: '◐',
  here: '▸',
  recommended: '→',
  look: '◆',
  branch: '├',
  lastBranch: '└',
  bullet: '•',
  more: '…',
  separator: '·',
}

const ascii: Glyphs = {
  horizontal: '-',
  horizontalFocused: '=',
  vertical: '|',
  teeDown: '+',
  teeRight: '+',
  cornerTopLeft: '+',
  cornerTopRight: '+',
  cornerBottomLeft: '+',
  cornerBottomRight: '+',
  selected: '>',
  good: '+',
  bad: 'x',
  warn: '!',
  unknown: '?',
  untouched: '.',
  running: '*',
  here: '>',
  recommended: '>',
  look: '*',
  branch: '|',
  lastBranch: '`',
  bullet: '*',
  more: '~',
  separator: '|',
}

/** The signs for a terminal: plain ASCII where the locale is not UTF-8. */
export const glyphsFor = (appearance: Appearance): Glyphs => (appearance.glyphs === 'ascii' ? ascii : unicode)
