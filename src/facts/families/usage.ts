import { nothing, record, singleFact } from '../parsed.ts'
import { percentOf } from '../text/number.ts'
import type { FactValue, Parsed } from '../types.ts'

/** How much of a kernel table is taken, each figure with the line that it was read from. */
export type Usage = {
  readonly fact: 'conntrack' | 'fileHandles'
  readonly count: number | undefined
  readonly max: number | undefined
  readonly line: number
}

const usageValue = ({ count, max }: Usage): FactValue =>
  record({ count, max, usedPercent: percentOf(count, max) })

/** The usage of a kernel table as a fact: count, max and usedPercent, where they are known. */
export const usageFact = (usage: Usage): Parsed =>
  usage.count === undefined && usage.max === undefined
    ? nothing
    : singleFact(usage.fact, { line: usage.line, value: usageValue(usage) })
