import { closeSync, fdatasyncSync, fsyncSync, mkdirSync, openSync, readFileSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { encodeEvent, encodeHeader, type SessionHeader, type StampedEvent } from '../session/index.ts'
import { createBodyFile } from './body-file.ts'
import { readBody } from './read-body.ts'
import { lockSession, unlockSession } from './session-lock.ts'
import { bodiesFolder, journalFile, sessionFolder } from './session-paths.ts'
import type { Journal } from './types.ts'
import { writeAll } from './write-all.ts'

/** Gives the descriptor of a journal that is ready to be appended to; throws what the system says. */
type OpenJournal = () => number

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

const writeLines = (descriptor: number, lines: readonly string[]): void => {
  writeAll(descriptor, Buffer.from(lines.map(line => `${line}\n`).join('')))
  fdatasyncSync(descriptor)
}

/** Makes the name of a new file outlive a crash too. */
const syncFolder = (folder: string): void => {
  const descriptor = openSync(folder, 'r')
  fsyncSync(descriptor)
  closeSync(descriptor)
}

const createJournal = (path: string, open: OpenJournal): Journal => {
  let descriptor: number | undefined
  let isLost = false
  let problem: string | undefined

  const complain = (what: string, error: unknown): void => {
    problem = `${what}: ${reasonOf(error)}.`
  }

  const append = (events: readonly StampedEvent[]): void => {
    if (isLost || events.length === 0) return
    try {
      descriptor ??= open()
      writeLines(descriptor, events.map(encodeEvent))
    } catch (error) {
      isLost = true
      complain('The session is not kept from here on', error)
    }
  }

  const close = (): void => {
    if (descriptor !== undefined) {
      closeSync(descriptor)
      unlockSession(path)
    }
    descriptor = undefined
    isLost = true
  }

  return {
    path,
    append,
    openBody: runId => createBodyFile({ folder: bodiesFolder(path), runId, complain }),
    readBody: body => readBody(path, body),
    problem: () => problem,
    close,
  }
}

/**
 * Creates the journal of a new session under the state directory: `sessions/<id>/journal.jsonl`, readable by its owner alone. The
 * files appear with the first event. What cannot be written is told by `problem`; nothing ever throws.
 */
export const createFileJournal = (options: {
  readonly stateDir: string
  readonly header: SessionHeader
}): Journal => {
  const path = sessionFolder(options.stateDir, options.header.sessionId)
  return createJournal(path, () => {
    mkdirSync(path, { recursive: true, mode: 0o700 })
    lockSession(path)
    const descriptor = openSync(join(path, journalFile), 'ax', 0o600)
    writeLines(descriptor, [encodeHeader(options.header)])
    syncFolder(path)
    return descriptor
  })
}

/** The length of a journal's whole lines, in bytes. */
const wholeLength = (file: string): number => readFileSync(file).lastIndexOf('\n') + 1

/** Opens the journal of an earlier session, by the path of its folder, to go on with it. A torn last line is cut off first. */
export const reopenFileJournal = (path: string): Journal =>
  createJournal(path, () => {
    const file = join(path, journalFile)
    lockSession(path)
    truncateSync(file, wholeLength(file))
    return openSync(file, 'a', 0o600)
  })
