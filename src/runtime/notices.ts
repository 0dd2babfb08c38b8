import type { Journal } from './types.ts'

/** Sentences that the operator should know, oldest first, each once. */
export type Notices = {
  readonly add: (sentence: string) => void
  /** All so far, with what the journal complains of by now; the same array until one is added. */
  readonly all: () => readonly string[]
}

/** Creates the notices of a session, watching its journal. */
export const createNotices = (journal: Journal): Notices => {
  let sentences: readonly string[] = []

  const add = (sentence: string): void => {
    if (!sentences.includes(sentence)) sentences = [...sentences, sentence]
  }

  const all = (): readonly string[] => {
    const problem = journal.problem()
    if (problem !== undefined) add(problem)
    return sentences
  }

  return { add, all }
}
