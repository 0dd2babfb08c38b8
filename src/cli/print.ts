import { writeSync } from 'node:fs'
import { errorCode, escapeHidden, showHidden } from '../base/index.ts'

/** Where a command's text goes. All write at once, so that nothing is lost when the process ends. */
export type Print = {
  /** A text for people; what a terminal would obey or hide is shown. */
  readonly out: (text: string) => void
  /** A text with colours of our own, whose foreign parts were cleaned before. */
  readonly styled: (text: string) => void
  /** JSON text; what a terminal would obey or hide stands as an escape. */
  readonly json: (text: string) => void
  readonly error: (text: string) => void
}

const RETRY_MS = 5
const pause = new Int32Array(new SharedArrayBuffer(4))

const writeAll = (descriptor: number, text: string): void => {
  const bytes = Buffer.from(text)
  for (let written = 0; written < bytes.length; ) {
    try {
      written += writeSync(descriptor, bytes, written)
    } catch (cause) {
      // A reader such as head may leave early; a slow terminal may ask to be tried again.
      if (errorCode(cause) === 'EPIPE') return
      if (errorCode(cause) !== 'EAGAIN') throw cause
      Atomics.wait(pause, 0, 0, RETRY_MS)
    }
  }
}

/** Prints lines to standard output and standard error. */
export const print: Print = {
  out: text => writeAll(1, `${showHidden(text)}\n`),
  styled: text => writeAll(1, `${text}\n`),
  json: text => writeAll(1, `${escapeHidden(text)}\n`),
  error: text => writeAll(2, `${showHidden(text)}\n`),
}
