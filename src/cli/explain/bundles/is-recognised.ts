import { commandWordsOf, parsers } from '../../../facts/index.ts'

/** Tells whether some parser reads what this command prints. */
export const isRecognised = (command: string): boolean =>
  commandWordsOf(command).some(argv => parsers.some(parser => parser.recognises(argv)))
