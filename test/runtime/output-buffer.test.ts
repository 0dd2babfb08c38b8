import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { OutputChunk } from '../../src/base/index.ts'
import { createOutputBuffer } from '../../src/runtime/index.ts'
import { MAX_LINE_BYTES } from '../../src/runtime/open-line.ts'
import { err, out } from './kit.ts'

const buffered = (...chunks: readonly OutputChunk[]) => {
  const buffer = createOutputBuffer()
  for (const chunk of chunks) buffer.push(chunk)
  return buffer
}
const texts = (buffer: ReturnType<typeof createOutputBuffer>) =>
  buffer.snapshot().lines.map(({ text }) => text)

describe('lines', () => {
  it('are put together from pieces that end anywhere', () => {
    expect(texts(buffered(out('on'), out('e\ntw'), out('o\n'), out('\n')))).toEqual(['one', 'two', ''])
  })

  it('of the two streams are kept apart, and numbered as they become whole', () => {
    const buffer = buffered(out('half '), err('error\n'), out('done\n'))
    expect(buffer.snapshot().lines).toEqual([
      { number: 1, stream: 'stderr', text: 'error' },
      { number: 2, stream: 'stdout', text: 'half done' },
    ])
  })

  it('show before they are whole, so that a prompt without a newline is seen', () => {
    const buffer = buffered(out('one\nPassword: '))
    expect(buffer.snapshot()).toMatchObject({
      totalLines: 2,
      lines: [{ number: 1 }, { number: 2, text: 'Password: ' }],
    })
    buffer.push(out('given\n'))
    expect(texts(buffer)).toEqual(['one', 'Password: given'])
  })

  it('count bytes as they came, in UTF-8', () => {
    expect(buffered(out('żółw\n')).snapshot().totalBytes).toBe(8)
  })

  it('that are very long are cut, say so, and are whole when put together', () => {
    const long = 'x'.repeat(MAX_LINE_BYTES * 2 + 5)
    const buffer = buffered(out(long.slice(0, 1000)), out(long.slice(1000)), out('\nnext\n'))
    const { lines } = buffer.snapshot()
    expect(lines.map(line => line.continues)).toEqual([true, true, undefined, undefined])
    expect(
      lines
        .slice(0, 3)
        .map(({ text }) => text)
        .join(''),
    ).toBe(long)
    expect(Math.max(...lines.map(({ text }) => text.length))).toBe(MAX_LINE_BYTES)
  })

  it('are never cut between the halves of a character', () => {
    const { lines } = buffered(out(`${'x'.repeat(MAX_LINE_BYTES - 1)}😀${'y'.repeat(9)}\n`)).snapshot()
    expect(lines.map(({ text }) => text.isWellFormed())).toEqual([true, true])
    expect(lines[1]?.text).toBe(`😀${'y'.repeat(9)}`)
  })
})

describe('memory', () => {
  const bound = { maxBytes: 8_000, maxLines: 80 }

  it('is bounded by lines; the numbers of those that are kept stay true', () => {
    const buffer = createOutputBuffer({ bound })
    for (let line = 1; line <= 500; line += 1) buffer.push(out(`${line}\n`))
    const { firstLine, lines, totalLines } = buffer.snapshot()
    expect(totalLines).toBe(500)
    expect(lines.length).toBeGreaterThan(60)
    expect(lines.length).toBeLessThanOrEqual(80)
    expect(lines[0]).toEqual({ number: firstLine, stream: 'stdout', text: String(firstLine) })
    expect(lines.at(-1)).toEqual({ number: 500, stream: 'stdout', text: '500' })
  })

  it('is bounded by bytes, but always keeps the newest line', () => {
    const buffer = createOutputBuffer({ bound })
    for (let line = 1; line <= 300; line += 1) buffer.push(out(`${'x'.repeat(199)}\n`))
    const kept = buffer.snapshot().lines.length
    expect(kept).toBeGreaterThan(25)
    expect(kept).toBeLessThanOrEqual(40)
    buffer.push(out(`${'y'.repeat(20_000)}\n`))
    expect(texts(buffer)).toEqual(['y'.repeat(20_000)])
  })

  it('shows a picture that stays while more comes', () => {
    const buffer = createOutputBuffer({ bound })
    buffer.push(out('one\ntwo'))
    const picture = buffer.snapshot()
    expect(buffer.snapshot()).toBe(picture)
    buffer.push(out('!\nthree\n'))
    expect(picture.lines.map(({ text }) => text)).toEqual(['one', 'two'])
    expect(texts(buffer)).toEqual(['one', 'two!', 'three'])
  })

  it('that serves again never shows in an older picture', () => {
    const buffer = createOutputBuffer({ bound })
    buffer.push(out('one\ntwo\n'))
    const picture = buffer.snapshot()
    for (let line = 1; line <= 500; line += 1) buffer.push(out(`${line}\n`))
    expect(picture.lines.map(({ number, text }) => [number, text])).toEqual([
      [1, ''],
      [2, ''],
    ])
  })
})

describe('the lines of a picture', () => {
  const { lines } = buffered(out('one\ntwo\nthree\n')).snapshot()

  it('read as any array does', () => {
    expect(Array.isArray(lines)).toBe(true)
    expect([lines.length, lines[1]?.text, lines.at(-1)?.text, lines[3], lines[-1]]).toEqual([
      3,
      'two',
      'three',
      undefined,
      undefined,
    ])
    expect([...lines].map(({ number }) => number)).toEqual([1, 2, 3])
    expect(lines.slice(1, 2).map(({ text }) => text)).toEqual(['two'])
    expect(lines.findLast(({ text }) => text.startsWith('t'))?.number).toBe(3)
    expect(Object.keys(lines)).toEqual(['0', '1', '2'])
    expect(JSON.parse(JSON.stringify(lines))).toEqual([...lines])
    expect(1 in lines && !(3 in lines)).toBe(true)
  })

  it('cannot be written', () => {
    expect(() => (lines as unknown as string[]).push('four')).toThrow(TypeError)
  })
})

it('hands over the whole text, each line in one piece, and tells the stream of each', () => {
  const bytes: string[] = []
  const streams: string[] = []
  const buffer = createOutputBuffer({
    bound: { maxBytes: 800, maxLines: 80 },
    onBytes: piece => bytes.push(piece.toString()),
    onLine: (number, stream) => streams.push(`${number} ${stream}`),
  })
  const long = 'x'.repeat(MAX_LINE_BYTES + 5)
  buffer.push(out('half '))
  buffer.push(err('error\n'))
  buffer.push(out(`line\n${long}`))
  buffer.push(err('between\n'))
  buffer.push(out(' end'))
  buffer.end()
  const cut = `${'x'.repeat(MAX_LINE_BYTES)}\nbetween\nxxxxx end\n`
  expect(bytes.join('')).toBe(`error\nhalf line\n${cut}`)
  expect(streams).toEqual(['1 stderr', '2 stdout', '3 stdout', '4 stderr', '5 stdout'])
})

it('holds the same lines however the output was cut into pieces', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '\n', 'ż', '€'), maxLength: 60 })
  fc.assert(
    fc.property(text, fc.array(fc.nat(60)), (whole, cuts) => {
      const points = [0, ...cuts.map(cut => Math.min(cut, whole.length)).sort((a, b) => a - b), whole.length]
      const pieces = points.slice(1).map((point, index) => out(whole.slice(points[index], point)))
      const buffer = buffered(...pieces)
      buffer.end()
      const expected = whole.split('\n')
      expect(texts(buffer)).toEqual(expected.at(-1) === '' ? expected.slice(0, -1) : expected)
    }),
  )
})
