/** How long a work takes, in milliseconds of the clock on the wall. */
export const spent = (work: () => void): number => {
  const start = performance.now()
  work()
  return performance.now() - start
}

/**
 * The least that each of several works took. They are done in turn, many times over, so that a busy machine slows all alike, and of
 * its pauses the least of many is free.
 */
export const leastOf = (times: number, works: readonly (() => void)[]): readonly number[] => {
  const rounds = Array.from({ length: times }, () => works.map(spent))
  return works.map((_, index) => Math.min(...rounds.map(round => round[index] ?? 0)))
}
