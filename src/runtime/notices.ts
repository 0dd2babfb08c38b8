import type { Journal } from './types.ts'

/** Sentences that the operator should know, oldest first. */
export type Notices = {
  /** Adds a sentence that is not there yet. */
  readonly add: (sentence: string) => void
  /** Adds what is said later, if anything, and calls back when it has. */
  readonly await: (sentence: Promise<string | undefined>, onAdded: () => void) => void
  /** Resolves when nothing is waited for. */
  readonly settled: () => Promise<void>
  /** All so far, with what the journal has said by now; the same array until one is added. */
  readonly all: () => readonly string[]
}

/** Creates the notices of a session, watching its journal; `first` are there from the beginning. */
export const createNotices = (journal: Journal, first: readonly string[] = []): Notices => {
  let sentences = first
  const awaited: Promise<void>[] = []
  let heard = 0

  const add = (sentence: string): void => {
    if (!sentences.includes(sentence)) sentences = [...sentences, sentence]
  }

  const all = (): readonly string[] => {
    const words = journal.words()
    // What the journal says again has happened again.
    if (words.length > heard) sentences = [...sentences, ...words.slice(heard)]
    heard = words.length
    return sentences
  }

  const wait = async (coming: Promise<string | undefined>, onAdded: () => void): Promise<void> => {
    const sentence = await coming
    if (sentence === undefined) return
    add(sentence)
    onAdded()
  }

  return {
    add,
    all,
    await: (coming, onAdded) => void awaited.push(wait(coming, onAdded)),
    settled: async () => void (await Promise.all(awaited)),
  }
}
