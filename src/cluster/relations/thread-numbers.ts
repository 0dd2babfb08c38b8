import type { Process } from './process.ts'

/** The numbers of the threads of each process, by its own: its first thread has that, the others the next ones that are nobody's. */
export const threadNumbers = (processes: readonly Process[]): ReadonlyMap<number, readonly number[]> => {
  const taken = new Set(processes.map(({ pid }) => pid))
  return new Map(
    processes.map(({ pid, threads }) => {
      const own = [pid]
      for (let number = pid + 1; own.length < threads; number += 1) if (!taken.has(number)) own.push(number)
      for (const number of own) taken.add(number)
      return [pid, own] as const
    }),
  )
}
