import { createDiagnosis, type Finding, isScannedInPart, type Knowledge } from '../../diagnosis/index.ts'
import { type DerivedFacts, type Facts, mergeFacts } from '../../facts/index.ts'
import { createOutputReader, type OutputReader } from './create-output-reader.ts'
import { createPromptReader, createSingleReader, type LineReader } from './line-readers.ts'

/** What one command printed within the input. Lines are counted over all texts. */
export type ExaminedOutput = {
  readonly command: string
  readonly parser: string | undefined
  readonly firstLine: number
  readonly lines: number
  readonly facts: Facts
  /** Why a parser did not understand it, or not all of it. */
  readonly diagnostics: DerivedFacts['diagnostics']
}

/** What came out of all texts together. */
export type Examination = {
  readonly outputs: readonly ExaminedOutput[]
  readonly findings: readonly Finding[]
  readonly facts: Facts
  /** How many lines are so long that causes were looked for in a part of them only. */
  readonly longLines: number
  /** The lines that facts were read from, by their numbers. */
  readonly quotes: ReadonlyMap<number, string>
}

/** How the command of a text is known: given by the user, guessed from a file's name, or to be told from prompts and the text. */
export type CommandKnowledge =
  | { readonly kind: 'given'; readonly command: string }
  | { readonly kind: 'guessed'; readonly command: string }
  | { readonly kind: 'unknown' }

/** Examines texts one after another; each comes in batches of lines. */
export type Examiner = {
  readonly begin: (known: CommandKnowledge) => void
  readonly take: (lines: readonly string[]) => void
  readonly end: () => void
  /** How many lines were taken over all texts. */
  readonly lineCount: () => number
  readonly result: () => Examination
}

const closed = (reader: OutputReader) => {
  const { parser, facts, diagnostics, quotes } = reader.close()
  return { command: reader.command(), parser, lines: reader.lines(), facts, diagnostics, quotes }
}

/** Begins an examination: outputs are split by their prompts, and all are ranked together. */
export const createExaminer = (knowledge: Knowledge): Examiner => {
  const diagnosis = createDiagnosis(knowledge)
  const outputs: ExaminedOutput[] = []
  const quotes = new Map<number, string>()
  let known: CommandKnowledge = { kind: 'unknown' }
  let readLine: LineReader = createPromptReader()
  let reader: OutputReader | undefined
  let firstLine = 1
  let count = 0
  let longLines = 0

  const open = (command: string, line: number): OutputReader => {
    firstLine = line
    reader = createOutputReader({ diagnosis, command, isGuess: known.kind === 'guessed' })
    return reader
  }

  // A prompt that nothing was printed after says nothing; a given command that printed nothing does.
  const close = (): void => {
    if (reader === undefined || (reader.isBlank() && known.kind !== 'given')) return
    const { quotes: newest, ...output } = closed(reader)
    for (const [line, text] of newest) quotes.set(line, text)
    outputs.push({ ...output, firstLine })
    reader = undefined
  }

  const takeLine = (text: string): void => {
    count += 1
    if (isScannedInPart({ text })) longLines += 1
    const line = readLine(text)
    if (line.kind === 'output') (reader ?? open('', count)).take({ number: count, stream: 'stdout', text })
    else if (line.kind === 'continuation') reader?.extend(line.command)
    else {
      close()
      open(line.command, count)
    }
  }

  return {
    begin: how => {
      known = how
      readLine = how.kind === 'given' ? createSingleReader(how.command) : createPromptReader()
      reader = undefined
      if (how.kind !== 'unknown') open(how.command, count + 1)
    },
    take: lines => {
      for (const line of lines) takeLine(line)
      reader?.flush()
    },
    end: close,
    lineCount: () => count,
    result: () => ({
      outputs,
      findings: diagnosis.findings(),
      facts: mergeFacts(outputs.map(({ facts }) => facts)),
      longLines,
      quotes,
    }),
  }
}
