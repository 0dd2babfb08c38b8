import { createHash } from 'node:crypto'
import { closeSync, fsync, openSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { makeFolder } from './make-folder.ts'
import { bodyFile } from './session-paths.ts'
import { writeAll } from './write-all.ts'

/** A file that gets its name, `<SHA-256>.txt`, when it is whole. What cannot be written or named throws what the system says. */
export type DigestFile = {
  readonly write: (bytes: Buffer) => void
  /** Where it lies now: until it is sealed, under the name that it has while it grows. */
  readonly path: () => string
  /** Flushes the file to disk, gives it its name, and gives the digest. */
  readonly seal: () => Promise<string>
  /** Takes the file away, as far as there is one; never throws. */
  readonly discard: () => void
}

const flush = promisify(fsync)

/** Creates the file under the name that it has while it grows, readable by its owner alone. */
export const createDigestFile = (part: string): DigestFile => {
  makeFolder(dirname(part))
  const descriptor = openSync(part, 'w', 0o600)
  const hash = createHash('sha256')
  let isOpen = true
  let path = part

  const close = (): void => {
    if (isOpen) closeSync(descriptor)
    isOpen = false
  }

  const write = (bytes: Buffer): void => {
    writeAll(descriptor, bytes)
    hash.update(bytes)
  }

  const seal = async (): Promise<string> => {
    await flush(descriptor)
    close()
    const digest = hash.digest('hex')
    const sealed = join(dirname(part), bodyFile(digest))
    renameSync(part, sealed)
    path = sealed
    return digest
  }

  const discard = (): void => {
    try {
      close()
      rmSync(part, { force: true })
    } catch {
      // A part that stays is told from an output by its name.
    }
  }

  return { write, path: () => path, seal, discard }
}
