/**
 * Characters that move a terminal's cursor, start escape sequences or reverse the order of letters. A document that holds them can
 * show another command than it runs. Tabs and line ends are none of them.
 */
const control =
  /[\u{0}-\u{8}\u{b}\u{c}\u{e}-\u{1f}\u{7f}-\u{9f}\u{200e}\u{200f}\u{202a}-\u{202e}\u{2066}-\u{2069}]/u
const everyControl = new RegExp(control, 'gu')

/** The offset of the first such character; -1 when there is none. */
export const findControlCharacter = (text: string): number => text.search(control)

/** Puts the replacement character in the place of each, so that offsets stay. */
export const replaceControlCharacters = (text: string): string => text.replace(everyControl, '\u{FFFD}')
