import { closeSync, openSync, readSync } from 'node:fs'
import type { OutputLine, StreamName, TextStretch } from '../base/index.ts'
import { createLineAssembler } from './line-assembler.ts'
import type { LineIndex, Stretch } from './line-index.ts'

/** Lines of an output as they are on disk, a stretch read at a time. */
export type OutputPages = {
  /** A line by its number; what cannot be read is empty. */
  readonly line: (number: number) => OutputLine
  /** The text of the stretch that holds a line; `undefined` where nothing can be read, or it may still grow. */
  readonly textFrom: (number: number) => TextStretch | undefined
  /** Whether the file holds the output from its beginning on. */
  readonly isThere: () => boolean
}

/** Where pages come from: the file, as long as it holds everything, what lies where in it, and which stream a line came on. */
export type PagesSource = {
  readonly index: LineIndex
  readonly path: () => string | undefined
  readonly streamOf: (number: number) => StreamName
}

/** The last stretch of a growing file ends where another would begin, or where the file does. */
const LAST_BYTES = 512 * 1024

/** So many stretches at hand: the screen may stand on the border of two, a search goes ahead of it. */
const KEPT = 4

const NEWLINE = 10

type Page = { readonly firstLine: number; readonly lines: readonly OutputLine[] }

const readBytes = (path: string, { start, next }: Stretch): Buffer => {
  const length = next === undefined ? LAST_BYTES : next.start - start
  const bytes = Buffer.allocUnsafe(length)
  const descriptor = openSync(path, 'r')
  try {
    return bytes.subarray(0, readSync(descriptor, bytes, 0, length, start))
  } finally {
    closeSync(descriptor)
  }
}

const unread = (number: number): OutputLine => ({ number, stream: 'stdout', text: '' })

const linesIn = (
  bytes: Buffer,
  { firstLine, next }: Stretch,
  streamOf: PagesSource['streamOf'],
): OutputLine[] => {
  const lines: OutputLine[] = []
  const assembler = createLineAssembler(({ buffer, start, end, continues }) => {
    const number = firstLine + lines.length
    const text = buffer.toString('utf8', start, end)
    lines.push({ number, stream: streamOf(number), text, ...(continues ? { continues } : {}) })
  })
  assembler.push('stdout', bytes)
  // A line that was cut goes on in the next stretch.
  const last = next !== undefined && bytes.at(-1) !== NEWLINE ? lines.length : -1
  assembler.end()
  return lines.map((line, at) => (at === last ? { ...line, continues: true } : line))
}

/** Creates the pages of one output, none of which is read yet. */
export const createOutputPages = ({ index, path, streamOf }: PagesSource): OutputPages => {
  const pages: Page[] = []

  const bytesOf = (stretch: Stretch): Buffer | undefined => {
    const file = path()
    try {
      return file === undefined ? undefined : readBytes(file, stretch)
    } catch {
      return undefined
    }
  }

  const readPage = (stretch: Stretch): Page => {
    const bytes = bytesOf(stretch) ?? Buffer.alloc(0)
    const page = { firstLine: stretch.firstLine, lines: linesIn(bytes, stretch, streamOf) }
    pages.unshift(page)
    pages.splice(KEPT)
    return page
  }

  return {
    line: number => {
      const stretch = index.stretchOf(number)
      if (stretch === undefined) return unread(number)
      // The last stretch may have grown since it was read.
      const isOn = ({ firstLine, lines }: Page): boolean =>
        firstLine === stretch.firstLine && number - firstLine < lines.length
      const page = pages.find(isOn) ?? readPage(stretch)
      return page.lines[number - page.firstLine] ?? unread(number)
    },
    textFrom: number => {
      const stretch = index.stretchOf(number)
      if (stretch?.next === undefined) return undefined
      const bytes = bytesOf(stretch)
      return bytes && { text: bytes.toString('utf8'), endLine: stretch.next.line }
    },
    isThere: () => path() !== undefined,
  }
}
