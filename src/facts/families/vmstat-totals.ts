import { optionValue } from '../command/options.ts'
import { combine, nothing, record, singleFact } from '../parsed.ts'
import { linesOf, type TextLine } from '../text/lines.ts'
import { percentOf, sumOf } from '../text/number.ts'
import type { Parsed, ParserInput } from '../types.ts'
import { epochInstant } from './utc-instant.ts'

// -S names the unit of the figures, which stands before their names: `24684100 K total memory`.
const units: Readonly<Record<string, number>> = {
  k: 1000,
  K: 1024,
  m: 1000 ** 2,
  M: 1024 ** 2,
  bytes: 1,
}

const bootedAt = (lines: readonly TextLine[]): Parsed => {
  const line = lines.find(({ text }) => /^ *\d{9,10} boot time$/.test(text))
  const seconds = Number(line?.text.trim().split(' ')[0])
  return line === undefined
    ? nothing
    : singleFact('bootedAt', { line: line.number, value: epochInstant(seconds * 1000) })
}

/** Memory and swap in bytes and the time of the start out of `vmstat -s`. */
export const vmstatTotals = ({ argv, stdout }: ParserInput): Parsed => {
  const lines = linesOf(stdout)
  const asked = optionValue(argv, ['-S', '--unit'])
  const sizes = new Map(
    lines.flatMap(({ text }) => {
      const [, digits, unit = '', name = ''] = /^ *(\d+) (K|k|M|m|bytes)? ?(.*)$/.exec(text.trimEnd()) ?? []
      return digits === undefined ? [] : [[name, Number(digits) * (units[asked ?? unit] ?? 1024)] as const]
    }),
  )
  const lineOf = (name: string): number => lines.find(({ text }) => text.endsWith(name))?.number ?? 1
  const at = (name: string): number | undefined => sizes.get(name)
  const [buffers, cache] = [at('buffer memory'), at('swap cache')]
  const parts = { buffers, cache, buffCache: sumOf(buffers, cache) }
  const memory = { total: at('total memory'), used: at('used memory'), free: at('free memory'), ...parts }
  const swap = { total: at('total swap'), used: at('used swap'), free: at('free swap') }
  const usedPercent = percentOf(swap.used, swap.total)
  return combine([
    bootedAt(lines),
    memory.total === undefined
      ? nothing
      : singleFact('memory', { line: lineOf('total memory'), value: record(memory) }),
    swap.total === undefined
      ? nothing
      : singleFact('swap', { line: lineOf('total swap'), value: record({ ...swap, usedPercent }) }),
  ])
}
