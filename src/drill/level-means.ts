import type { Drill } from './types.ts'

const meanings: Readonly<Record<Drill['level'], string>> = {
  1: 'one fault, plain to see',
  2: 'one fault, some way to go',
  3: 'a fault behind others',
  4: 'several faults and a false trail',
}

/** What a level means, in a few words. */
export const levelMeans = (level: Drill['level']): string => meanings[level]
