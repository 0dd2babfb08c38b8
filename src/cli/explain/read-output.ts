import type { CapturedOutput, OutputLine } from '../../base/index.ts'
import { createLineSplitter } from './create-line-splitter.ts'
import { createOutputWindow } from './create-output-window.ts'
import { createPromptReader, createSingleReader } from './line-readers.ts'
import { type Input, readInput } from './read-input.ts'

/** The output of one command, the command where it was given or stands above the output, and those whose outputs were left out. */
export type ReadOutput = {
  readonly command: string | undefined
  readonly output: CapturedOutput
  readonly others: readonly string[]
}

/** Reads one output; prompts and the command echoed above it are left out, as is whatever a second command printed. */
export const readOutput = async (input: Input, given: string | undefined): Promise<ReadOutput> => {
  const lines = createLineSplitter()
  const window = createOutputWindow()
  const readLine = given === undefined ? createPromptReader() : createSingleReader(given)
  let command = given
  let commands = 0
  const others: string[] = []
  let number = 0
  const take = (texts: readonly string[]): void => {
    let batch: OutputLine[] = []
    for (const text of texts) {
      number += 1
      const line = readLine(text)
      if (line.kind === 'command') commands += 1
      if (line.kind === 'command' && commands > 1 && line.command !== '') others.push(line.command)
      if (line.kind !== 'output' && commands < 2) command ??= line.command
      if (line.kind === 'output' && commands < 2) batch.push({ number, stream: 'stdout', text })
      else {
        window.take(batch)
        batch = []
      }
    }
    window.take(batch)
  }
  for await (const text of readInput(input)) take(lines.write(text))
  take(lines.end())
  return { command, output: window.output(), others }
}
