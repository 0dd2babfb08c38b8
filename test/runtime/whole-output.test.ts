import { appendFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type OutputChunk, type OutputLine, textFrom, type WholeOutput } from '../../src/base/index.ts'
import { indexFile } from '../../src/runtime/index-file.ts'
import { createLineIndex } from '../../src/runtime/line-index.ts'
import { createOutputBuffer } from '../../src/runtime/output-buffer.ts'
import { createOutputPages, type OutputPages } from '../../src/runtime/output-pages.ts'
import { createStreamNotes } from '../../src/runtime/stream-notes.ts'
import { wholeOutputOf } from '../../src/runtime/whole-output.ts'
import { freshFolder } from '../kit/program.ts'

const least = { maxBytes: 64 * 1024, maxLines: 400 }
const everything = { maxBytes: 64 * 1024 * 1024, maxLines: 1_000_000 }

type Kept = {
  readonly whole: WholeOutput
  readonly all: readonly OutputLine[]
  readonly path: string
  readonly pages: OutputPages
}

/** What a buffer with little memory and a file make of an output, beside a buffer that keeps everything. */
const keep = (chunks: readonly OutputChunk[]): Kept => {
  const path = join(freshFolder(), 'body.txt')
  writeFileSync(path, '')
  const index = createLineIndex()
  const notes = createStreamNotes()
  const small = createOutputBuffer({
    bound: least,
    onBytes: bytes => appendFileSync(path, bytes),
    onLine: (number, stream, start) => {
      notes.add(number, stream)
      index.note(number, start)
    },
  })
  const large = createOutputBuffer({ bound: everything })
  for (const buffer of [small, large]) {
    for (const chunk of chunks) buffer.push(chunk)
    buffer.end()
  }
  const pages = createOutputPages({ index, path: () => path, streamOf: notes.streamOf })
  return { whole: wholeOutputOf(small.snapshot(), pages), all: [...large.snapshot().lines], path, pages }
}

/** A line as it can be told apart when it fails; that a cut line goes on is not told where the other stream came between. */
const shapeOf = ({ number, stream, text }: OutputLine): string =>
  `${number} ${stream} ${text.length} ${text.slice(0, 20)}`

const piece = fc.record({
  stream: fc.constantFrom<OutputChunk['stream']>('stdout', 'stderr'),
  text: fc.oneof(
    fc.nat(700).map(count => Array.from({ length: count }, (_, at) => `line ${at} Größe\n`).join('')),
    fc.constantFrom('without an end', '\n', 'x'.repeat(70_000), `${'€'.repeat(25_000)}\n`),
  ),
})
const output = fc.array(piece, { maxLength: 6 })

describe('a whole output', () => {
  it('has every line as it came, whatever memory has let go of', () => {
    fc.assert(
      fc.property(output, chunks => {
        const { whole, all } = keep(chunks)
        expect([...whole.lines].map(shapeOf)).toEqual(all.map(shapeOf))
        expect(whole.firstLine).toBe(1)
      }),
      { numRuns: 30 },
    )
  })

  it('is passed over in texts that hold every line', () => {
    fc.assert(
      fc.property(output, chunks => {
        const { whole } = keep(chunks)
        let number = 1
        while (number <= whole.lines.length) {
          const { text, endLine } = textFrom(whole, number)
          expect(endLine).toBeGreaterThan(number)
          expect(whole.lines.slice(number - 1, endLine - 1).every(line => text.includes(line.text))).toBe(
            true,
          )
          number = endLine
        }
        expect(number).toBe(whole.lines.length + 1)
      }),
      { numRuns: 20 },
    )
  })

  it('does not pass over lines that are not on disk yet', () => {
    const lines = (from: number, to: number): readonly OutputLine[] =>
      Array.from({ length: to - from + 1 }, (_, at) => ({
        number: from + at,
        stream: 'stdout',
        text: `line ${from + at}`,
      }))
    const newest = { firstLine: 900, lines: lines(900, 1_500), totalLines: 1_500, totalBytes: 0 }
    const pages = { line: (number: number) => lines(number, number)[0] as OutputLine, isThere: () => true }
    const whole = wholeOutputOf(newest, {
      ...pages,
      textFrom: () => ({ text: 'line 1\nline 2', endLine: 1_025 }),
    })
    expect(textFrom(whole, 1).endLine).toBe(900)
    expect(textFrom(whole, 900).text).toContain('line 1024')
  })

  it('is indexed from its file as it was while it was written', async () => {
    await fc.assert(
      fc.asyncProperty(output, async chunks => {
        const { all, path } = keep(chunks)
        const { index, totalLines } = await indexFile(path)
        expect(totalLines).toBe(all.length)
        const pages = createOutputPages({ index, path: () => path, streamOf: () => 'stdout' })
        expect(all.filter(({ number, text }) => pages.line(number).text !== text)).toEqual([])
      }),
      { numRuns: 20 },
    )
  })

  it('says of a line that was cut that it goes on', () => {
    const { whole } = keep([{ stream: 'stdout', text: `${'x'.repeat(200_000)}\n${'y\n'.repeat(500)}` }])
    expect(whole.lines.slice(0, 5).map(({ continues }) => continues)).toEqual([
      true,
      true,
      true,
      undefined,
      undefined,
    ])
  })

  it('reads as empty where the file is gone', () => {
    const pages = createOutputPages({
      index: createLineIndex(),
      path: () => '/nowhere',
      streamOf: () => 'stdout',
    })
    expect(pages.line(5)).toEqual({ number: 5, stream: 'stdout', text: '' })
  })
})
