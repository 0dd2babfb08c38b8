import { type CapturedOutput, type OutputLine, remembered, type StreamName } from '../base/index.ts'

/** A line of one stream, put together again where it was cut; `number` is the output line it begins on. */
type StreamLine = { readonly number: number; readonly text: string }

/** The lines of one stream of an output, cut ones put together again, each with the number of the output line it begins on. */
export const streamLines = (output: CapturedOutput, stream: StreamName): readonly StreamLine[] => {
  const lines: StreamLine[] = []
  let open: OutputLine | undefined
  for (const line of output.lines) {
    if (line.stream !== stream) continue
    const before = lines.at(-1)
    if (open?.continues && before !== undefined)
      lines[lines.length - 1] = { ...before, text: before.text + line.text }
    else lines.push({ number: line.number, text: line.text })
    open = line
  }
  return lines
}

/** All lines of an output as one text, whatever their stream; of a long one it is megabytes, and made once. */
export const wholeText = remembered((output: CapturedOutput): string =>
  Array.from(output.lines, line => line.text).join('\n'),
)

const isOneText = (output: CapturedOutput): boolean => {
  for (const { stream, continues } of output.lines) if (stream !== 'stdout' || continues) return false
  return true
}

const streamText = (output: CapturedOutput, stream: StreamName): string =>
  streamLines(output, stream)
    .map(line => line.text)
    .join('\n')

/** The two streams of an output as texts, the way `deriveFacts` wants them. */
export const outputTexts = (output: CapturedOutput): { readonly stdout: string; readonly stderr: string } =>
  isOneText(output)
    ? { stdout: wholeText(output), stderr: '' }
    : { stdout: streamText(output, 'stdout'), stderr: streamText(output, 'stderr') }
