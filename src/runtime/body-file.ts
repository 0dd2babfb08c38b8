import { join } from 'node:path'
import { createDigestFile, type DigestFile } from './digest-file.ts'
import type { Lapse } from './lapse.ts'
import type { BodyWriter } from './types.ts'

/** No more than this is kept of one output: a flood must not fill the disk of a machine that is in trouble already. Bytes. */
const MAX_BYTES = 256 * 1024 * 1024

/** Where a body goes, and who is told whether it does. */
export type BodyPlace = {
  readonly folder: string
  readonly runId: string
  /** Of the outputs of a session. */
  readonly lapse: Lapse
  readonly say: (sentence: string) => void
}

/**
 * Creates the file of one run's output: `<runId>.part` while it grows, `<SHA-256>.txt` when done. No file for an empty output.
 * Writes are synchronous, so that a flood waits for the disk in place of piling up in memory.
 */
export const createBodyFile = ({ folder, runId, lapse, say }: BodyPlace): BodyWriter => {
  let file: DigestFile | undefined
  let total = 0
  let isOver = false

  const giveUp = (error: unknown): void => {
    isOver = true
    lapse.begin(runId, error)
    file?.discard()
    file = undefined
  }

  const keep = (bytes: Buffer): void => {
    file ??= createDigestFile(join(folder, `${runId}.part`))
    file.write(bytes)
    total += bytes.length
    isOver = total >= MAX_BYTES
    if (isOver) say(`Only the beginning of the output of ${runId} is kept: it is larger than 256 MiB.`)
  }

  const write = (bytes: Buffer): void => {
    if (isOver) return
    try {
      keep(bytes)
    } catch (error) {
      giveUp(error)
    }
  }

  const finish = async (): Promise<string | undefined> => {
    try {
      const digest = await file?.seal()
      if (digest !== undefined) lapse.end(runId)
      return digest
    } catch (error) {
      giveUp(error)
      return undefined
    }
  }

  return { write, finish }
}
