import type { CapturedOutput } from './command.ts'

/** A stretch of an output's text that holds a line, and the line with which the next begins. */
export type TextStretch = { readonly text: string; readonly endLine: number }

/** An output from its first line on: what memory has let go of is read from disk when it is looked at. */
export type WholeOutput = CapturedOutput & {
  /** A stretch of what is on disk; `undefined` of what is in memory. */
  readonly textOnDisk: (number: number) => TextStretch | undefined
}

/** Of what is in memory, so many lines at once. */
const STRETCH_LINES = 1_024

/** A text that holds a line and all that follow up to another, for a search that passes over what holds nothing. */
export const textFrom = (output: CapturedOutput | WholeOutput, number: number): TextStretch => {
  const onDisk = 'textOnDisk' in output ? output.textOnDisk(number) : undefined
  if (onDisk !== undefined) return onDisk
  const at = number - output.firstLine
  const part = output.lines.slice(at, at + STRETCH_LINES)
  return { text: part.map(({ text }) => text).join('\n'), endLine: number + Math.max(1, part.length) }
}
