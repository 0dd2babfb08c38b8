import { describe, expect, it } from 'vitest'
import { fixture, parse } from './read.ts'

const megabyte = 1024 * 1024

const fill = (piece: string, bytes: number): string => piece.repeat(Math.ceil(bytes / piece.length))

/** Processor time in milliseconds, which other programs on the machine do not lengthen as much as the clock. */
const processorMs = (work: () => unknown): number => {
  const before = process.cpuUsage().user
  work()
  return (process.cpuUsage().user - before) / 1000
}

describe('large files', () => {
  it('of ten megabytes are read in seconds', () => {
    const text = fill(fixture('seeds/002-bare-metal-deep-dive.md'), 10 * megabyte)
    expect(processorMs(() => parse(text))).toBeLessThan(8000)
  })

  it.each([
    ['one paragraph', 'word word word\n'],
    ['one line', 'word '],
    ['blank lines', '\n'],
    ['blanks', ' '],
    ['indented code', '    code\n'],
    ['wide gaps', `x${' '.repeat(5000)}\n`],
    ['deep quotes', `${'>'.repeat(3000)}\n`],
    ['deep indentation', `${' '.repeat(300)}- x\n`],
    ['quotes that never close', "```bash\necho 'a\n```\n"],
    ['one fence of open brackets', 'echo (\n'],
    ['heredocs that never end', 'cat <<EOF\n'],
    ['one command', 'ls \\\n'],
    ['prompts', '$ ls\nout\n'],
    ['open links', '[a](#b '],
    ['open tags', '<a '],
  ])('made of %s take time in proportion', (what, piece) => {
    const fenced =
      what.startsWith('one fence') ||
      what.startsWith('heredocs') ||
      what === 'one command' ||
      what === 'prompts'
    const body = fill(piece, megabyte / 2)
    const text = fenced ? `\`\`\`bash\n${body}\n\`\`\`\n` : body
    expect(processorMs(() => parse(text))).toBeLessThan(2000)
  })
})
