import { combine, nothing, record, singleFact } from '../parsed.ts'
import type { TextLine } from '../text/lines.ts'
import { percentOf } from '../text/number.ts'
import type { Parsed } from '../types.ts'

type Sizes = ReadonlyMap<string, number>

const sizesIn = (lines: readonly TextLine[]): Sizes =>
  new Map(
    lines.flatMap(({ text }) => {
      const [, name, kilobytes] = /^([A-Z]\w*):\s+(\d+) kB\s*$/.exec(text) ?? []
      return name === undefined ? [] : [[name, Number(kilobytes) * 1024] as const]
    }),
  )

const sum = (sizes: readonly (number | undefined)[]): number | undefined =>
  sizes.some(size => size === undefined)
    ? undefined
    : sizes.reduce<number>((total, size) => total + (size ?? 0), 0)

const memoryOf = (sizes: Sizes) => {
  const [total, free, available] = [sizes.get('MemTotal'), sizes.get('MemFree'), sizes.get('MemAvailable')]
  const buffCache = sum([sizes.get('Buffers'), sizes.get('Cached'), sizes.get('SReclaimable')])
  const taken = sum([free, buffCache])
  return record({
    total,
    used: total === undefined || taken === undefined ? undefined : total - taken,
    free,
    shared: sizes.get('Shmem'),
    buffCache,
    available,
    availablePercent: percentOf(available, total),
  })
}

const swapOf = (sizes: Sizes) => {
  const [total, free] = [sizes.get('SwapTotal'), sizes.get('SwapFree')]
  const used = total === undefined || free === undefined ? undefined : total - free
  return record({ total, used, free, usedPercent: percentOf(used, total) })
}

/** Memory and swap out of /proc/meminfo, whole or filtered, as `free` gives them. */
export const procMemory = (lines: readonly TextLine[]): Parsed => {
  const sizes = sizesIn(lines)
  const line = lines.find(({ text }) => /^Mem\w+:/.test(text))
  const swapLine = lines.find(({ text }) => /^Swap(?:Total|Free):/.test(text))
  return combine([
    line === undefined ? nothing : singleFact('memory', { line: line.number, value: memoryOf(sizes) }),
    swapLine === undefined ? nothing : singleFact('swap', { line: swapLine.number, value: swapOf(sizes) }),
  ])
}
