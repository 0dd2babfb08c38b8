import { openSync, readSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { openPack, type Pack, type ReadBytes, type SourceText } from './pack.ts'

const NAME = 'bundled.bin'

const nothing: Pack = { get: () => undefined }

let opened: Pack | undefined

const readerOf = (path: string): ReadBytes => {
  const descriptor = openSync(path, 'r')
  return (start, end) => {
    const bytes = Buffer.alloc(end - start)
    readSync(descriptor, bytes, 0, bytes.length, start)
    return bytes
  }
}

// A program that runs from its sources has no pack, and one that this engine cannot read is as good as none.
const readPack = (): Pack => {
  try {
    return openPack(readerOf(fileURLToPath(new URL(NAME, import.meta.url))))
  } catch {
    return nothing
  }
}

/**
 * What `make` gives for a text: taken from the file beside the bundled program where the build has made it of this very text, made
 * anew where not.
 */
export const builtOr = <T>(source: SourceText, make: (source: SourceText) => T): T => {
  opened ??= readPack()
  const found = opened.get(source)
  return found === undefined ? make(source) : (found as T)
}
