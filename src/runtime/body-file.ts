import { join } from 'node:path'
import { createDigestFile, type DigestFile } from './digest-file.ts'
import type { BodyWriter } from './types.ts'

/** A body is written in pieces of about this many UTF-16 units. */
const BATCH_UNITS = 256 * 1024

/** No more than this is kept of one output: a flood must not fill the disk of a machine that is in trouble already. Bytes. */
const MAX_BYTES = 256 * 1024 * 1024

/** Where a body goes and whom to tell that it cannot. */
export type BodyPlace = {
  readonly folder: string
  readonly runId: string
  readonly complain: (what: string, why: unknown) => void
}

/**
 * Creates the file of one run's output: `<runId>.part` while it grows, `<SHA-256>.txt` when done. No file for an empty output.
 * Writes are synchronous and in batches, so that a flood waits for the disk in place of piling up in memory.
 */
export const createBodyFile = ({ folder, runId, complain }: BodyPlace): BodyWriter => {
  let file: DigestFile | undefined
  let pending: string[] = []
  let pendingUnits = 0
  let bytes = 0
  let isOver = false

  const giveUp = (error: unknown): void => {
    isOver = true
    complain(`The output of ${runId} is not kept`, error)
    file?.discard()
    file = undefined
  }

  const keep = (batch: Buffer): void => {
    file ??= createDigestFile(join(folder, `${runId}.part`))
    file.write(batch)
    bytes += batch.length
    isOver = bytes >= MAX_BYTES
    if (isOver) complain(`Only the beginning of the output of ${runId} is kept`, 'it is larger than 256 MiB')
  }

  const writeBatch = (): void => {
    const batch = pending.join('')
    pending = []
    pendingUnits = 0
    if (isOver || batch === '') return
    try {
      keep(Buffer.from(batch))
    } catch (error) {
      giveUp(error)
    }
  }

  const write = (text: string): void => {
    pending.push(text)
    pendingUnits += text.length
    if (pendingUnits >= BATCH_UNITS) writeBatch()
  }

  const finish = async (): Promise<string | undefined> => {
    writeBatch()
    try {
      return await file?.seal()
    } catch (error) {
      giveUp(error)
      return undefined
    }
  }

  return { write, finish }
}
