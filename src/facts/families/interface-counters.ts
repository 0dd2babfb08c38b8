import { type Located, record } from '../parsed.ts'
import type { TextLine } from '../text/lines.ts'
import type { FactValue } from '../types.ts'

const interfaceHeader = /^Iface\s+MTU\s/

/** The rows of a table of interfaces with their counters, as `netstat -i` and `ifconfig -s` print it. */
export const interfaceCounters = (lines: readonly TextLine[]): readonly Located<FactValue>[] => {
  const header = lines.findIndex(({ text }) => interfaceHeader.test(text))
  const titles = lines[header]?.text.trim().split(/\s+/) ?? []
  if (header < 0) return []
  return lines.slice(header + 1).flatMap(({ number, text }) => {
    const cells = text.trim().split(/\s+/)
    const at = (title: string): number => Number(cells[titles.indexOf(title)])
    if (cells.length !== titles.length) return []
    const value = record({
      name: cells[0],
      mtu: at('MTU'),
      receivedPackets: at('RX-OK'),
      receivedErrors: at('RX-ERR'),
      receivedDropped: at('RX-DRP'),
      sentPackets: at('TX-OK'),
      sentErrors: at('TX-ERR'),
      sentDropped: at('TX-DRP'),
    })
    return [{ line: number, value }]
  })
}
