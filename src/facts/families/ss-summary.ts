import { nothing, record, singleFact } from '../parsed.ts'
import { linesOf } from '../text/lines.ts'
import type { Parsed } from '../types.ts'

const count = (text: string, pattern: RegExp): number | undefined => {
  const digits = pattern.exec(text)?.[1]
  return digits === undefined ? undefined : Number(digits)
}

/** How many sockets there are, out of `ss -s`. */
export const ssSummary = (stdout: string): Parsed => {
  const line = linesOf(stdout).find(({ text }) => /^TCP:\s+\d+/.test(text))
  if (line === undefined) return nothing
  const value = record({
    total: count(stdout, /^Total: (\d+)/m),
    tcp: count(line.text, /^TCP:\s+(\d+)/),
    established: count(line.text, /\bestab (\d+)/),
    closed: count(line.text, /\bclosed (\d+)/),
    orphaned: count(line.text, /\borphaned (\d+)/),
    timeWait: count(line.text, /\btimewait (\d+)/),
    udp: count(stdout, /^UDP\s+(\d+)/m),
    raw: count(stdout, /^RAW\s+(\d+)/m),
  })
  return singleFact('socketSummary', { line: line.number, value })
}
