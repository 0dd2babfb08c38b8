import { EventEmitter } from 'node:events'
import { Writable } from 'node:stream'
import xterm from '@xterm/headless'
import type { Size } from '../../src/ui/layout/rectangle.ts'

/** A terminal without a window: what a program writes is drawn by a real emulator, what a test types is read by the program. */
export type FakeTerminal = {
  readonly stdout: NodeJS.WriteStream
  readonly stdin: NodeJS.ReadStream
  readonly type: (text: string) => void
  readonly resize: (size: Size) => void
  /** The rows as they are seen, once everything written has been drawn. */
  readonly screen: () => Promise<readonly string[]>
  /** How many bytes were written so far. */
  readonly written: () => number
  readonly isRaw: () => boolean
  /** Whether the alternate screen is shown. */
  readonly isAlternate: () => boolean
  /** Whether a row that is too long is broken. */
  readonly isWrapping: () => boolean
}

const createStdin = (onRaw: (raw: boolean) => void) => {
  const chunks: string[] = []
  const stdin = Object.assign(new EventEmitter(), {
    isTTY: true,
    setEncoding: () => undefined,
    setRawMode: onRaw,
    ref: () => undefined,
    unref: () => undefined,
    resume: () => undefined,
    pause: () => undefined,
    read: (): string | null => chunks.shift() ?? null,
  })
  const type = (text: string): void => {
    chunks.push(text)
    stdin.emit('readable')
  }
  return { stdin, type }
}

/** A fake terminal of a size. */
export const createFakeTerminal = (size: Size): FakeTerminal => {
  const emulator = new xterm.Terminal({
    cols: size.columns,
    rows: size.rows,
    allowProposedApi: true,
    convertEol: true,
  })
  let written = 0
  let raw = false
  const writable = new Writable({
    decodeStrings: false,
    write: (chunk: string, _encoding, done) => {
      written += chunk.length
      emulator.write(chunk, done)
    },
  })
  const stdout = Object.assign(writable, { isTTY: true, columns: size.columns, rows: size.rows })
  const { stdin, type } = createStdin(on => {
    raw = on
  })
  return {
    stdout: stdout as unknown as NodeJS.WriteStream,
    stdin: stdin as unknown as NodeJS.ReadStream,
    type,
    resize: ({ columns, rows }) => {
      Object.assign(stdout, { columns, rows })
      emulator.resize(columns, rows)
      stdout.emit('resize')
    },
    screen: async () => {
      await new Promise<void>(resolve => emulator.write('', resolve))
      const { active } = emulator.buffer
      return Array.from({ length: emulator.rows }, (_, at) =>
        // The emulator keeps cells beyond the right edge when it gets narrower.
        (active.getLine(active.baseY + at)?.translateToString(true, 0, emulator.cols) ?? '').trimEnd(),
      )
    },
    written: () => written,
    isRaw: () => raw,
    isAlternate: () => emulator.buffer.active.type === 'alternate',
    isWrapping: () => emulator.modes.wraparoundMode,
  }
}
