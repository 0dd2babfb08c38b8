import { firstFrom } from './output-window.ts'

/** When the lines of outputs came, as closely as the interface was told. Instants are milliseconds since the epoch. */
export type Arrivals = {
  /** Notes how many lines a run has printed by now. */
  readonly note: (runId: string, totalLines: number, nowMs: number) => void
  /** Forgets everything: another session numbers its runs anew. */
  readonly forget: () => void
  /** When a line came; `undefined` where nobody watched, as in a session that was gone on with. */
  readonly timeOf: (runId: string, line: number) => number | undefined
}

/** The newest notes of a run are kept; at thirty a second these reach back two hours. */
const most = 200_000

type Notes = { readonly upTo: number[]; readonly times: number[] }

/** Arrivals of which nothing is known yet. */
export const createArrivals = (): Arrivals => {
  const known = new Map<string, Notes>()
  return {
    note: (runId, totalLines, nowMs) => {
      const notes = known.get(runId) ?? { upTo: [], times: [] }
      known.set(runId, notes)
      if (totalLines <= (notes.upTo.at(-1) ?? 0)) return
      notes.upTo.push(totalLines)
      notes.times.push(nowMs)
      if (notes.upTo.length <= most) return
      notes.upTo.splice(0, most / 2)
      notes.times.splice(0, most / 2)
    },
    forget: () => known.clear(),
    timeOf: (runId, line) => {
      const notes = known.get(runId)
      return notes?.times[firstFrom(notes.upTo, line)]
    },
  }
}
