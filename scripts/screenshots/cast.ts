const SECONDS_A_FRAME = 2.5

/** Screens as an asciinema recording (asciicast v2: a header line, then one event a line), one after another in the same time. */
export const castOf = (
  frames: readonly string[],
  { columns, rows }: { readonly columns: number; readonly rows: number },
): string => {
  const header = { version: 2, width: columns, height: rows, title: 'runtree: a fire drill' }
  const events = frames.map((frame, at) => [
    at * SECONDS_A_FRAME,
    'o',
    `\x1b[2J\x1b[H${frame.trimEnd().replaceAll('\n', '\r\n')}`,
  ])
  return `${[header, ...events].map(line => JSON.stringify(line)).join('\n')}\n`
}
