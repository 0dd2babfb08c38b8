// Tab, newline, carriage return, backspace and ESC mean something to the stages around this one.
const controls = /([\0-\x07\x0b\x0c\x10-\x1a\x1c-\x1f\x7f])\1*/g
const shifts = /[\x0e\x0f]+/g
const bidirectional = /[\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g
const invisible = /[\u180e\u200b-\u200d\u2060-\u2065\u206a-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu

const PICTURES = 0x2400
const DELETE = 0x7f
const DELETE_PICTURE = '\u2421'

const pictureOf = (control: string): string => {
  const code = control.charCodeAt(0)
  return code === DELETE ? DELETE_PICTURE : String.fromCharCode(PICTURES + code)
}

const nameOf = (char: string): string =>
  `<U+${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}>`

/**
 * Shows what a terminal would obey or hide: control characters as their pictures (`␀`), bidirectional controls and line
 * separators by number (`<U+202E>`). Zero-width characters and shifts to another character set are removed, so that a word
 * reads as it looks. Tabs, newlines, carriage returns, backspaces and colour codes stay.
 */
export const revealControls = (text: string): string =>
  text
    .replace(controls, run => pictureOf(run).repeat(run.length))
    .replace(shifts, '')
    .replace(bidirectional, nameOf)
    .replace(invisible, '')
