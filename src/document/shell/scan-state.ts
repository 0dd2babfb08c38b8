/** What is open at a point of shell text: a quote, a bracket, or a compound command. */
export type Frame =
  | 'single'
  | 'ansi'
  | 'double'
  | 'backtick'
  | 'paren'
  | 'arithmetic'
  | 'parameter'
  | 'if'
  | 'loop'
  | 'case'
  | 'brace'
  | 'test'

/** How a line ends: the command is whole, goes on behind a backslash or an operator, or something is still open. */
export type LineEnd = 'complete' | 'backslash' | 'operator' | 'open'

/** What a reader carries from line to line; changed in place by `scanLine`. */
export type ScanState = {
  readonly frames: Frame[]
  /** Delimiters of the heredocs whose bodies begin on the next line. */
  readonly heredocs: string[]
  /** Whether the next word is the name of a command, so that reserved words count. */
  atCommand: boolean
  /** What a function definition still wants: its name, then its body. */
  wants: 'nothing' | 'name' | 'body'
}

/** What one line gave. `comment` is the offset of a trailing comment; `unmatched` tells of a closing word that nothing opened. */
export type ScannedLine = {
  readonly end: LineEnd
  readonly comment: number | undefined
  readonly unmatched: boolean
}

/** A reader at the start of a command. */
export const createScanState = (): ScanState => ({
  frames: [],
  heredocs: [],
  atCommand: true,
  wants: 'nothing',
})

const quotes: readonly (Frame | undefined)[] = ['single', 'ansi', 'double', 'parameter']

/** Whether the text so far ends inside quotes or a `${…}`, where blanks and comments are literal. */
export const isInQuote = (state: ScanState): boolean => quotes.includes(state.frames.at(-1))
