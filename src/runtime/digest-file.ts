import { createHash } from 'node:crypto'
import { closeSync, fsync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { writeAll } from './write-all.ts'

/** A file that gets its name, `<SHA-256>.txt`, when it is whole. Every function throws what the system says. */
export type DigestFile = {
  readonly write: (bytes: Buffer) => void
  /** Flushes the file to disk, gives it its name, and gives the digest. */
  readonly seal: () => Promise<string>
  readonly discard: () => void
}

const flush = promisify(fsync)

/** Creates the file under the name that it has while it grows, readable by its owner alone. */
export const createDigestFile = (part: string): DigestFile => {
  mkdirSync(dirname(part), { recursive: true, mode: 0o700 })
  const descriptor = openSync(part, 'w', 0o600)
  const hash = createHash('sha256')

  const write = (bytes: Buffer): void => {
    writeAll(descriptor, bytes)
    hash.update(bytes)
  }

  const seal = async (): Promise<string> => {
    await flush(descriptor)
    closeSync(descriptor)
    const digest = hash.digest('hex')
    renameSync(part, join(dirname(part), `${digest}.txt`))
    return digest
  }

  const discard = (): void => {
    closeSync(descriptor)
    rmSync(part, { force: true })
  }

  return { write, seal, discard }
}
