import { nothing, singleFact } from '../parsed.ts'
import type { TextLine } from '../text/lines.ts'
import type { CommandWords, FactValue, Parsed } from '../types.ts'

const rowPattern =
  /^(?:\/proc\/pressure\/(\w+):)?(some|full) avg10=([\d.]+) avg60=([\d.]+) avg300=([\d.]+) total=(\d+)/

const resourcesAsked = (argv: CommandWords): readonly string[] =>
  argv.flatMap(word => /^\/proc\/pressure\/(\w+)$/.exec(word)?.[1] ?? [])

/**
 * How long tasks waited for processors, memory and disks, out of /proc/pressure: by resource and by whether some or all of them
 * waited. Where the lines do not name the resource it is the one whose file was shown.
 */
export const procPressure = (lines: readonly TextLine[], argv: CommandWords): Parsed => {
  const asked = resourcesAsked(argv)
  const pressure: Record<string, Record<string, FactValue>> = {}
  let first: number | undefined
  let file = -1
  for (const { number, text } of lines) {
    const [, given, share = '', avg10, avg60, avg300, total] = rowPattern.exec(text) ?? []
    if (total === undefined) continue
    if (share === 'some') file += 1
    const resource = given ?? asked[Math.max(0, file)]
    if (resource === undefined) continue
    first ??= number
    pressure[resource] = {
      ...pressure[resource],
      [share]: {
        avg10Percent: Number(avg10),
        avg60Percent: Number(avg60),
        avg300Percent: Number(avg300),
        totalSeconds: Number(total) / 1e6,
      },
    }
  }
  return first === undefined ? nothing : singleFact('pressure', { line: first, value: pressure })
}
