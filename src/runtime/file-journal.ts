import { closeSync, fsyncSync, openSync, readFileSync, rmdirSync, rmSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { encodeHeader, type SessionHeader } from '../session/index.ts'
import { type AppendFile, createAppendFile } from './append-file.ts'
import { createBodyFile } from './body-file.ts'
import { createEventKeeper, type OpenFile } from './event-keeper.ts'
import { createLapse } from './lapse.ts'
import { makeFolder } from './make-folder.ts'
import { readBody } from './read-body.ts'
import { lockSession, unlockSession } from './session-lock.ts'
import { bodiesFolder, bodyFile, journalFile, sessionFolder } from './session-paths.ts'
import type { Journal, StoredSession } from './types.ts'
import { wholeLines } from './whole-lines.ts'

/** Makes the name of a new file outlive a crash too. Some file systems cannot; the file itself is flushed in any case. */
const syncFolder = (folder: string): void => {
  const descriptor = openSync(folder, 'r')
  try {
    fsyncSync(descriptor)
  } catch {
    // What is lost by it is at most a session that had only begun.
  } finally {
    closeSync(descriptor)
  }
}

const createJournal = (path: string, open: OpenFile): Journal => {
  const words: string[] = []
  const say = (sentence: string): void => void words.push(sentence)
  const events = createEventKeeper(open, say)
  const outputs = createLapse({
    began: (runId, reason) => `Outputs are not kept, from that of ${runId} on: ${reason}.`,
    ended: runId => `Outputs are kept again, from that of ${runId} on.`,
    say,
  })
  return {
    path,
    append: events.append,
    openBody: runId => createBodyFile({ folder: bodiesFolder(path), runId, lapse: outputs, say }),
    readBody: run => readBody(path, run),
    bodyPath: ({ digest }) => join(bodiesFolder(path), bodyFile(digest)),
    words: () => words,
    close: () => {
      if (events.close()) unlockSession(path)
    },
  }
}

/** Leaves nothing behind of a session that could not begin to be kept, so that it can be tried again. */
const undoing = <T>(path: string, begin: () => T): T => {
  try {
    return begin()
  } catch (error) {
    unlockSession(path)
    try {
      rmdirSync(path)
    } catch {
      // There is none, or it holds outputs.
    }
    throw error
  }
}

const createWith = (file: string, text: string): AppendFile => {
  const created = createAppendFile(openSync(file, 'ax', 0o600), 0)
  try {
    created.append(text)
    return created
  } catch (error) {
    created.close()
    rmSync(file, { force: true })
    throw error
  }
}

/**
 * Creates the journal of a new session under the state directory: `sessions/<id>/journal.jsonl`, readable by its owner alone. The
 * files appear with the first event. What cannot be written is told by `words` and tried again; nothing ever throws.
 */
export const createFileJournal = (options: {
  readonly stateDir: string
  readonly header: SessionHeader
}): Journal => {
  const path = sessionFolder(options.stateDir, options.header.sessionId)
  return createJournal(path, first =>
    undoing(path, () => {
      makeFolder(path)
      lockSession(path)
      const file = createWith(join(path, journalFile), `${encodeHeader(options.header)}\n${first}`)
      syncFolder(path)
      return file
    }),
  )
}

const takeUp = (path: string, events: number, first: string): AppendFile => {
  const file = join(path, journalFile)
  const { bytes, lines, end } = wholeLines(readFileSync(file))
  if (lines !== events + 1) throw new Error('another runtree has gone on with this session meanwhile')
  truncateSync(file, bytes)
  const taken = createAppendFile(openSync(file, 'a', 0o600), bytes)
  try {
    taken.append(`${end}${first}`)
    return taken
  } catch (error) {
    taken.close()
    throw error
  }
}

/** Opens the journal of an earlier session again, to go on with it as it was read. A torn last line is cut off first. */
export const reopenFileJournal = ({ path, events }: Pick<StoredSession, 'path' | 'events'>): Journal =>
  createJournal(path, first => {
    lockSession(path)
    try {
      return takeUp(path, events.length, first)
    } catch (error) {
      unlockSession(path)
      throw error
    }
  })
