import type { Reply } from '../../shell/program.ts'

/** How often a statistics program prints, and every how many seconds. */
export type Repetition = { readonly everySeconds: number; readonly count: number }

/** The operands `[interval [count]]` of vmstat, iostat, mpstat and sar: none is one report, an interval alone goes on. */
export const readRepetition = (words: readonly string[]): Repetition => {
  const numbers = words.filter(word => /^\d+$/.test(word)).map(Number)
  const [everySeconds = 0, count = everySeconds > 0 ? Infinity : 1] = numbers
  return { everySeconds: Math.max(1, everySeconds), count }
}

/** A reply that prints a first report and then others, by their number, until there are enough or it is stopped. */
export const repeated = (
  { everySeconds, count }: Repetition,
  first: string,
  next: (number: number) => string,
): Reply => {
  if (count <= 1) return { stdout: first }
  let seconds = 0
  let shown = 1
  return {
    stdout: first,
    exit: 0,
    follow: {
      next: () => {
        seconds += 1
        if (seconds % everySeconds !== 0) return ''
        shown += 1
        return next(shown)
      },
      isOver: () => shown >= count,
    },
  }
}
