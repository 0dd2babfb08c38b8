import type { BookedDrill } from './book-drill.ts'

/** What is said on stderr of a finished drill: what was not kept, and how its report is read. */
export const presentBooked = ({ recordId, problems }: BookedDrill): readonly string[] => [
  ...problems.map(problem => `runtree: ${problem}`),
  ...(recordId === undefined ? [] : [`Report: runtree report ${recordId} --format html --output drill.html`]),
]
