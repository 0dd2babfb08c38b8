// Tab, newline, carriage return, backspace and ESC mean something to the stages around this one.
const controls = /([\0-\x07\x0b\x0c\x10-\x1a\x1c-\x1f\x7f])\1*/g
const shifts = /[\x0e\x0f]+/g
const bidirectional = /[\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g
const invisible =
  /[\u00ad\u180e\u200b-\u200d\u2060-\u2065\u206a-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu

const PICTURES = 0x2400
const DELETE = 0x7f
const JOINER = '\u200d'
const DELETE_PICTURE = '\u2421'

const pictureOf = (control: string): string => {
  const code = control.charCodeAt(0)
  return code === DELETE ? DELETE_PICTURE : String.fromCharCode(PICTURES + code)
}

const nameOf = (char: string): string =>
  // Whether a joiner holds an emoji together shows in what stands around it, which may be in the next piece: see showHidden.
  char === JOINER ? char : `<U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}>`

/** What becomes of zero-width characters: they are shown by number, or taken off as what pasting from a web page leaves behind. */
export type ZeroWidth = 'shown' | 'removed'

/**
 * Shows what a terminal would obey or hide: control characters as their pictures (`␀`), bidirectional controls, line separators and
 * zero-width characters by number (`<U+202E>`). Shifts to another character set are removed. Tabs, newlines, carriage returns,
 * backspaces and colour codes stay.
 */
export const revealControls = (text: string, zeroWidth: ZeroWidth): string =>
  text
    .replace(controls, run => pictureOf(run).repeat(run.length))
    .replace(shifts, '')
    .replace(bidirectional, nameOf)
    .replace(invisible, char => (zeroWidth === 'shown' ? nameOf(char) : ''))
