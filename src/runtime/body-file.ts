import { statfsSync } from 'node:fs'
import { join } from 'node:path'
import { createDigestFile, type DigestFile } from './digest-file.ts'
import type { Lapse } from './lapse.ts'
import type { BodyWriter } from './types.ts'

const MIB = 1024 * 1024

/** How much of one output is kept, in bytes: a flood must not fill the disk of a machine that is in trouble already. */
export type BodyLimits = {
  /** So much in any case. */
  readonly usual: number
  /** No more than this, and beyond the usual only as long as there is room, which is looked at after so much each time. */
  readonly most: number
  readonly lookAfter: number
  readonly hasRoom: (folder: string) => boolean
}

/** A tenth of the disk stays free. */
const FREE_SHARE = 0.1

/** Tells whether enough of a folder's disk is free; where that cannot be told, not. */
const hasRoom = (folder: string): boolean => {
  try {
    const { bavail, blocks } = statfsSync(folder)
    return bavail > blocks * FREE_SHARE
  } catch {
    return false
  }
}

/** 256 MiB of any output; up to 2 GiB while the disk has room. */
const usualLimits: BodyLimits = {
  usual: 256 * MIB,
  most: 2048 * MIB,
  lookAfter: 16 * MIB,
  hasRoom,
}

/** Where a body goes, and who is told whether it does. */
export type BodyPlace = {
  readonly folder: string
  readonly runId: string
  /** Of the outputs of a session. */
  readonly lapse: Lapse
  readonly say: (sentence: string) => void
  readonly limits?: BodyLimits
}

/**
 * Creates the file of one run's output: `<runId>.part` while it grows, `<SHA-256>.txt` when done. No file for an empty output.
 * Writes are synchronous, so that a flood waits for the disk in place of piling up in memory.
 */
export const createBodyFile = ({
  folder,
  runId,
  lapse,
  say,
  limits = usualLimits,
}: BodyPlace): BodyWriter => {
  let file: DigestFile | undefined
  let total = 0
  let allowed = limits.usual
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
    if (total < allowed) return
    allowed = Math.min(limits.most, total + limits.lookAfter)
    isOver = total >= limits.most || !limits.hasRoom(folder)
    if (isOver)
      say(
        `Only the first ${Math.floor(total / MIB)} MiB of the output of ${runId} are kept: more of it might fill the disk.`,
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
      if (digest !== undefined) lapse.end(runId)
      return digest
    } catch (error) {
      giveUp(error)
      return undefined
    }
  }

  return { write, finish, path: () => (isOver ? undefined : file?.path()) }
}
