export { commandWordsOf } from './command/command-words-of.ts'
export { kubectlNames } from './command/kubectl-names.ts'
export { type LineFilter, lineFilterOf } from './command/line-filter.ts'
export { type CommandOutput, deriveFacts, derivingFacts } from './derive-facts.ts'
export { factDocs } from './fact-docs.ts'
export { mergeFacts } from './merge-facts.ts'
export { outputTexts, streamLines, wholeText } from './output-texts.ts'
export { parsers } from './parsers.ts'
export { stripColours } from './text/strip-colours.ts'
export { createTranscript, type Transcript, type TranscriptLine } from './transcript/create-transcript.ts'
export type {
  CommandWords,
  DerivedFacts,
  FactLines,
  Facts,
  FactValue,
  Parsed,
  Parser,
  ParserInput,
} from './types.ts'
