import { commandWordsOf } from '../command/command-words-of.ts'
import { parsers } from '../parsers.ts'
import type { CommandWords } from '../types.ts'

// Programs whose output no parser reads, but which people run between those that matter.
const others =
  'cat echo exit clear cd export set source vi vim nano less tail head grep journalctl kubectl'.split(' ')

// `# date of the last change` is a remark: after the name of a program comes a word that no command line has there.
const prose =
  /^\S+ (?:a|an|and|are|as|be|by|can|for|from|has|in|is|must|needs?|not|of|on|or|output|should|that|the|this|to|uses?|was|will|with|-|=|v?\d[\d:.]*)(?:\s|$)/i

const isKnown = (argv: CommandWords): boolean =>
  others.includes(argv[0] ?? '') || parsers.some(parser => parser.recognises(argv))

/** Tells whether a text reads as a command line whose program is known, and not as a remark or as a line of an output. */
export const isKnownCommand = (text: string): boolean =>
  /^[\w./~({]/.test(text) &&
  text.length < 1000 &&
  !prose.test(text) &&
  !/^\S+:(?:\s|$)/.test(text) &&
  commandWordsOf(text).some(isKnown)
