import type { Journal } from './types.ts'

const keepNothing = (): void => undefined

/** A journal that keeps nothing and has no path. */
export const createNullJournal = (): Journal => ({
  path: undefined,
  append: keepNothing,
  openBody: () => ({ write: keepNothing, finish: async () => undefined, path: () => undefined }),
  readBody: () => undefined,
  bodyPath: () => undefined,
  words: () => [],
  close: keepNothing,
})
