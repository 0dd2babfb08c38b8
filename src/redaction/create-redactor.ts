import { dropColours, type OutputChunk, type StreamName } from '../base/index.ts'
import { createBlockReader } from './create-block-reader.ts'
import { joined, type Redaction } from './create-redaction.ts'
import { firstHint, mayHoldSecret } from './find-secrets.ts'
import { readCommand } from './read-command.ts'
import type { FoundSecret, MaskCounts, SecretKind } from './types.ts'

/** Masks the secrets in what one command prints, wherever the pieces are cut. */
export type Redactor = {
  /** What may be shown and kept of a piece and of what was held back before it. */
  readonly pass: (chunk: OutputChunk) => OutputChunk
  /** What is still held back when the command has ended. */
  readonly rest: () => readonly OutputChunk[]
  /** How often a secret was masked in this output. */
  readonly counts: () => MaskCounts
}

// A line that does not end is let go by then, but for as much as a secret may take.
const MOST_HELD = 65_536
const LONGEST_SECRET = 4096

type Line = {
  /** Masks a whole line. */
  readonly finish: (line: string) => string
  /** How much of the beginning of an unfinished line holds no part of a secret for certain. */
  readonly safeLength: (line: string) => number
  /** Tells whether lines before it make the next line one to look at. */
  readonly isInside: () => boolean
}

/** Where the last word of a text begins; its length where the text ends with a blank. */
const startOfWord = (text: string): number =>
  Math.max(text.lastIndexOf(' '), text.lastIndexOf('\t'), text.lastIndexOf('\r')) + 1

const createLine = (redaction: Redaction, command: string): Line => {
  const blocks = createBlockReader(readCommand(command))
  const put = (line: string, found: readonly FoundSecret[]): string => {
    let masked = ''
    let from = 0
    for (const { kind, start, end } of found) {
      masked += line.slice(from, start) + redaction.wordFor(kind, line.slice(start, end))
      from = end
    }
    return masked + line.slice(from)
  }
  const finish = (line: string): string => {
    const bare = dropColours(line)
    const inBlock = blocks.read(bare)
    const found = joined([...inBlock, ...redaction.find(bare)])
    return found.length === 0 ? line : put(bare, found)
  }
  const safeLength = (line: string): number => {
    if (redaction.isThorough || blocks.isInside()) return 0
    const whole = line.slice(0, startOfWord(line))
    const hint = firstHint(whole)
    return hint < 0 ? whole.length : startOfWord(whole.slice(0, hint))
  }
  return { finish, safeLength, isInside: blocks.isInside }
}

const createStream = (redaction: Redaction, command: string) => {
  const line = createLine(redaction, command)
  let said = ''
  let held = ''
  /** Ends the line that is under way; what was shown of it is not shown again. */
  const end = (): string => {
    const whole = line.finish(said + held)
    const shown = whole.startsWith(said) ? whole.slice(said.length) : line.finish(held)
    said = ''
    held = ''
    return shown
  }
  const advance = (): string => {
    const excess = held.length > MOST_HELD ? held.length - LONGEST_SECRET : 0
    const length = excess > 0 ? excess : line.safeLength(said + held) - said.length
    if (length <= 0) return ''
    const ready = held.slice(0, length)
    said = excess > 0 ? '' : said + ready
    held = held.slice(length)
    return excess > 0 ? line.finish(ready) : ready
  }
  /** Takes lines one by one as long as they may hold a secret, and the others together. */
  const take = (text: string): string => {
    const isQuiet = !redaction.isThorough && !mayHoldSecret(text.slice(text.indexOf('\n') + 1))
    const last = text.lastIndexOf('\n') + 1
    let shown = ''
    let from = 0
    while (from < last && !(isQuiet && from > 0 && !line.isInside())) {
      const at = text.indexOf('\n', from)
      held += text.slice(from, at)
      shown += `${end()}\n`
      from = at + 1
    }
    held += text.slice(Math.max(from, last))
    return shown + text.slice(from, last)
  }
  const pass = (text: string): string => {
    const shown = take(text)
    return shown + advance()
  }
  return { pass, rest: () => (held === '' ? '' : end()) }
}

const counting = (
  redaction: Redaction,
): { readonly counted: Redaction; readonly counts: () => MaskCounts } => {
  const counts = new Map<SecretKind, number>()
  const wordFor = (kind: SecretKind, secret: string): string => {
    counts.set(kind, (counts.get(kind) ?? 0) + 1)
    return redaction.wordFor(kind, secret)
  }
  return { counted: { ...redaction, wordFor }, counts: () => Object.fromEntries(counts) }
}

/** Creates a redactor for the output of one command line, with the words of its session. */
export const createRedactor = (redaction: Redaction, command: string): Redactor => {
  const { counted, counts } = counting(redaction)
  const streams: Readonly<Record<StreamName, ReturnType<typeof createStream>>> = {
    stdout: createStream(counted, command),
    stderr: createStream(counted, command),
  }
  return {
    pass: ({ stream, text }) => ({ stream, text: streams[stream].pass(text) }),
    rest: () =>
      (['stdout', 'stderr'] as const).flatMap(stream => {
        const text = streams[stream].rest()
        return text === '' ? [] : [{ stream, text }]
      }),
    counts,
  }
}
