import type { CapturedOutput, OutputLine, StreamName } from '../base/index.ts'

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

/** The two streams of an output as texts, the way `deriveFacts` wants them. */
export const outputTexts = (
  output: CapturedOutput,
): { readonly stdout: string; readonly stderr: string } => ({
  stdout: streamLines(output, 'stdout')
    .map(line => line.text)
    .join('\n'),
  stderr: streamLines(output, 'stderr')
    .map(line => line.text)
    .join('\n'),
})
