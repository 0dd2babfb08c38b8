// Colours, cursor movements (`grep --color`, `watch`) and the links that systemctl and ls print around names on a terminal.
const escapes = /\u001b\[[0-9;:?]*[A-Za-z]|\u001b\]8;[^\u0007\u001b]*(?:\u0007|\u001b\\)/g

// What word processors and chat programs make of blanks, and the mark that editors put before a text.
const foreignBlanks = /[\u00a0\u2007\u202f]/g

/** A text without colour codes, terminal links and a byte order mark, and with plain blanks; the words themselves stay. */
export const stripColours = (text: string): string => {
  const plain = text.includes('\u001b') ? text.replace(escapes, '') : text
  const marked = plain.startsWith('\ufeff') ? plain.slice(1) : plain
  return /[\u00a0\u2007\u202f]/.test(marked) ? marked.replace(foreignBlanks, ' ') : marked
}
