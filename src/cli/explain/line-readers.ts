import { createTranscript, type TranscriptLine } from '../../facts/index.ts'

/** Says of each line of a text whether it is output or part of a command. */
export type LineReader = (line: string) => TranscriptLine

/** Reads a text by its prompts. */
export const createPromptReader = (): LineReader => createTranscript().read

/**
 * Reads a text that is known to be the output of one command. A prompt in it is only what was copied along: the line that the command
 * was typed on, and the prompt after it.
 */
export const createSingleReader = (command: string): LineReader => {
  const { read } = createTranscript()
  let isTop = true
  return text => {
    const line = read(text)
    const isEcho = line.kind === 'command' && (isTop || line.command === '')
    isTop &&= text.trim() === ''
    return isEcho || (line.kind === 'continuation' && isTop)
      ? { kind: 'continuation', command }
      : { kind: 'output' }
  }
}
