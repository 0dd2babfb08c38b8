// Zero-width joiners that hold an emoji together are part of what is seen.
const hidden =
  /[\0-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u115f\u1160\u180e\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb]|(?<![\p{Extended_Pictographic}\p{Emoji_Modifier}]\ufe0f?)\u200d|\u200d(?!\p{Extended_Pictographic})|[\u{e0000}-\u{e007f}]/gu

const plain = /^[\n\t\x20-\x7e]*$/
const PICTURES = 0x2400
const DELETE = 0x7f

const nameOf = (char: string): string => {
  const code = char.codePointAt(0) ?? 0
  if (code < 0x20) return String.fromCharCode(PICTURES + code)
  return code === DELETE ? '\u2421' : `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`
}

/**
 * Shows every character of a text that a terminal would obey or not draw at all: control characters as their pictures (`␛`), bidirectional
 * controls, zero-width characters and the like by number (`<U+200B>`). Tabs and newlines stay.
 */
export const showHidden = (text: string): string => (plain.test(text) ? text : text.replace(hidden, nameOf))

const escapeOf = (char: string): string =>
  [...Array(char.length).keys()].map(at => `\\u${char.charCodeAt(at).toString(16).padStart(4, '0')}`).join('')

/** JSON text in which those characters stand as escapes, which means the same and is safe to look at. */
export const escapeHidden = (json: string): string =>
  plain.test(json) ? json : json.replace(hidden, char => (char === '\r' ? char : escapeOf(char)))
