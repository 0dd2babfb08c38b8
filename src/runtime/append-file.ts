import { closeSync, fdatasyncSync, fstatSync, ftruncateSync } from 'node:fs'
import { writeAll } from './write-all.ts'

/** A file that only grows, by whole pieces. Every function throws what the system says. */
export type AppendFile = {
  /** Writes a piece and flushes it to disk. When that fails nothing of it stays, and it may be tried again. */
  readonly append: (text: string) => void
  readonly close: () => void
}

/** Takes over a descriptor that was opened for appending, of a file with so many whole bytes. */
export const createAppendFile = (descriptor: number, wholeBytes: number): AppendFile => {
  let whole = wholeBytes
  let isTorn = false

  const mend = (): void => {
    ftruncateSync(descriptor, whole)
    isTorn = false
  }

  const write = (bytes: Buffer): void => {
    isTorn = true
    writeAll(descriptor, bytes)
    fdatasyncSync(descriptor)
    whole += bytes.length
    isTorn = false
  }

  const append = (text: string): void => {
    if (fstatSync(descriptor).nlink === 0) throw new Error('its file was removed while it was open')
    if (isTorn) mend()
    try {
      write(Buffer.from(text))
    } catch (error) {
      mend()
      throw error
    }
  }

  return { append, close: () => closeSync(descriptor) }
}
