/**
 * The escape sequence that puts a text into the clipboard of the terminal's owner, also over ssh (xterm's "Manipulate Selection
 * Data"). Terminals that do not know it, or do not allow it, ignore it.
 */
export const osc52 = (text: string): string => `\x1b]52;c;${Buffer.from(text, 'utf8').toString('base64')}\x07`
