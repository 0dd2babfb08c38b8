import { isKnownCommand } from './is-known-command.ts'
import { readPrompt } from './read-prompt.ts'

/** What a line of a recorded terminal is: the command that begins a new output, more of that command, or a line of output. */
export type TranscriptLine =
  | { readonly kind: 'command'; readonly command: string }
  | { readonly kind: 'continuation'; readonly command: string }
  | { readonly kind: 'output' }

/** Reads a recorded terminal line by line. */
export type Transcript = { readonly read: (line: string) => TranscriptLine }

const LONGEST_PROMPT = 1500
const output: TranscriptLine = { kind: 'output' }

// A prompt ends in one of these, or a heading begins with one: nearly all lines are settled by looking for them.
const mayBePrompt = /[$#%>❯➜λ✗+=*-] |[$#%>]$|^[$#]\S|\][$#]\S|[└╰]─|<==$|={2}|-{2}|#{2}/u

/**
 * Splits a recorded terminal by its prompts. A command goes on over lines that end in a backslash. Without a prompt, a known command on
 * the first line that is not blank counts as the command that was typed.
 */
export const createTranscript = (): Transcript => {
  let isBegun = false
  let open: string | undefined

  const begin = (command: string): TranscriptLine => {
    open = command.endsWith('\\') ? command.slice(0, -1) : undefined
    return { kind: 'command', command: open ?? command }
  }

  const goOn = (before: string, line: string): TranscriptLine => {
    const command = before + line.replace(/^> ?/, '')
    open = command.endsWith('\\') ? command.slice(0, -1) : undefined
    return { kind: 'continuation', command: open ?? command }
  }

  const readFirst = (line: string): TranscriptLine => {
    if (line.trim() === '') return output
    isBegun = true
    return isKnownCommand(line) ? begin(line.trim()) : output
  }

  return {
    read: line => {
      if (open !== undefined) return goOn(open, line)
      if (line.length > LONGEST_PROMPT) return output
      const command = mayBePrompt.test(line) ? readPrompt(line) : undefined
      if (command === undefined) return isBegun ? output : readFirst(line)
      isBegun = true
      return begin(command)
    },
  }
}
