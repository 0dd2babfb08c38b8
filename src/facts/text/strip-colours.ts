// Colours (SGR) and the links that systemctl and ls print around names on a terminal.
const escapes = /\u001b\[[0-9;:]*m|\u001b\]8;[^\u0007\u001b]*(?:\u0007|\u001b\\)/g

/** A text without colour codes and terminal links; the words themselves stay. */
export const stripColours = (text: string): string =>
  text.includes('\u001b') ? text.replace(escapes, '') : text
