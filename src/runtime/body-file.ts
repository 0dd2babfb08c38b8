import { statfsSync } from 'node:fs'
import { join } from 'node:path'
import { createDigestFile, type DigestFile } from './digest-file.ts'
import type { Lapse } from './lapse.ts'
import { bodyFile } from './session-paths.ts'
import type { BodyWriter } from './types.ts'

/** So much is kept of every output, in bytes. */
const USUAL_BYTES = 256 * 1024 * 1024

/** No more than this is kept of any, and beyond the usual only while the disk has room: a flood must not fill the disk of a machine in trouble. */
const MOST_BYTES = 2 * 1024 * 1024 * 1024

/** The share of the disk that stays free, and after how many bytes that is looked at again. */
const FREE_SHARE = 0.1
const MIB = 1024 * 1024
const LOOK_BYTES = 16 * MIB

/** Tells whether a tenth of the disk of a folder is free. */
const hasRoom = (folder: string): boolean => {
  const { bavail, blocks } = statfsSync(folder)
  return bavail > blocks * FREE_SHARE
}

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
  const part = join(folder, `${runId}.part`)
  let file: DigestFile | undefined
  let total = 0
  let nextLook = USUAL_BYTES
  let isOver = false
  let sealed: string | undefined

  /** Whether more may be kept than there is. */
  const isFull = (): boolean => {
    if (total < nextLook) return false
    nextLook += LOOK_BYTES
    return total >= MOST_BYTES || !hasRoom(folder)
  }

  const giveUp = (error: unknown): void => {
    isOver = true
    lapse.begin(runId, error)
    file?.discard()
    file = undefined
  }

  const keep = (bytes: Buffer): void => {
    file ??= createDigestFile(part)
    file.write(bytes)
    total += bytes.length
    isOver = isFull()
    if (isOver)
      say(
        `Only the first ${Math.floor(total / MIB)} MiB of the output of ${runId} are kept: more would fill the disk.`,
      )
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
      if (digest === undefined) return undefined
      lapse.end(runId)
      sealed = join(folder, bodyFile(digest))
      return digest
    } catch (error) {
      giveUp(error)
      return undefined
    }
  }

  const path = (): string | undefined => (isOver || file === undefined ? undefined : (sealed ?? part))

  return { write, finish, path }
}
