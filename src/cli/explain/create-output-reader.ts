import type { CapturedOutput, OutputLine } from '../../base/index.ts'
import type { Diagnosis, OutputDiagnosis } from '../../diagnosis/index.ts'
import {
  type DerivedFacts,
  deriveFacts,
  outputTexts,
  parsers,
  streamLines,
  stripColours,
} from '../../facts/index.ts'
import { createOutputWindow } from './create-output-window.ts'

/** Reads the output of one command line by line. */
export type OutputReader = {
  /** The command, empty where it is not known; what follows on later lines is added with `extend`. */
  readonly command: () => string
  readonly extend: (command: string) => void
  readonly take: (line: OutputLine) => void
  /** Hands over what was taken since the last time. */
  readonly flush: () => void
  readonly lines: () => number
  readonly isBlank: () => boolean
  /** Ends the output and gives its facts, and the text of the lines that they stand on. */
  readonly close: () => ReadFacts
}

/** Facts, and the lines that they were read from by their numbers. */
export type ReadFacts = DerivedFacts & { readonly quotes: ReadonlyMap<number, string> }

/** What an output reader needs: `isGuess` tells that the command is only likely. */
export type OutputOrigin = {
  readonly diagnosis: Diagnosis
  readonly command: string
  readonly isGuess: boolean
}

const derive = (command: string | undefined, stdout: string): DerivedFacts =>
  deriveFacts(parsers, { command, stdout, stderr: '', exitCode: undefined })

const deriveGuessed = (command: string, stdout: string): DerivedFacts => {
  const guessed = derive(command, stdout)
  return Object.keys(guessed.facts).length > 0 ? guessed : derive(undefined, stdout)
}

const LONGEST_QUOTE = 400

// Copied, so that a few lines do not hold the whole piece that they were read with.
const copied = (text: string): string => Buffer.from(text.slice(0, LONGEST_QUOTE)).toString()

const quotesOf = (output: CapturedOutput, { lines }: DerivedFacts): ReadonlyMap<number, string> => {
  const texts = streamLines(output, 'stdout')
  return new Map(
    [...lines.values()].flatMap(line => {
      const at = texts[line - 1]
      return at === undefined ? [] : [[at.number, copied(stripColours(at.text))] as const]
    }),
  )
}

/** A reader that gives lines to the diagnosis in batches and derives facts from the newest ones at the end. */
export const createOutputReader = ({ diagnosis, command: first, isGuess }: OutputOrigin): OutputReader => {
  const window = createOutputWindow()
  let command = first
  let opened: OutputDiagnosis | undefined
  let batch: OutputLine[] = []
  let lines = 0
  let isBlank = true

  const open = (): OutputDiagnosis => {
    opened ??= diagnosis.begin(command)
    return opened
  }

  const flush = (): void => {
    if (batch.length === 0) return
    open().take(batch)
    window.take(batch)
    batch = []
  }

  return {
    command: () => command,
    extend: longer => {
      command = longer
    },
    take: line => {
      if (batch.at(-1)?.number !== line.number - 1) flush()
      batch.push(line)
      lines += 1
      isBlank &&= line.text.trim() === ''
    },
    flush,
    lines: () => lines,
    isBlank: () => isBlank,
    close: () => {
      flush()
      const output = window.output()
      const { stdout } = outputTexts(output)
      const derived = isGuess ? deriveGuessed(command, stdout) : derive(command || undefined, stdout)
      const { facts, lines: factLines } = derived
      // How the command ended is not written in its output.
      open().close({ command, output, outcome: { kind: 'canceled' }, facts, factLines })
      return { ...derived, quotes: quotesOf(output, derived) }
    },
  }
}
