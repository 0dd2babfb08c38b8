import { writeSync } from 'node:fs'

/** Writes every byte, also where the system takes only some at a time. Throws what the system says. */
export const writeAll = (descriptor: number, bytes: Buffer): void => {
  for (let written = 0; written < bytes.length; ) {
    written += writeSync(descriptor, bytes, written)
  }
}
