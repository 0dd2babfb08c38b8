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
