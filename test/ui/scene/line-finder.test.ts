import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CapturedOutput } from '../../../src/base/index.ts'
import { createArrivals } from '../../../src/ui/scene/arrivals.ts'
import { createLineFinder } from '../../../src/ui/scene/line-finder.ts'
import { firstFrom } from '../../../src/ui/scene/output-window.ts'

const outputOf = (texts: readonly string[], firstLine = 1): CapturedOutput => ({
  firstLine,
  lines: texts.slice(firstLine - 1).map((text, at) => ({ number: firstLine + at, stream: 'stdout', text })),
  totalLines: texts.length,
  totalBytes: 0,
})

const never = (): void => expect.unreachable('all of a short output is looked at at once')

const naive = (output: CapturedOutput, wanted: string): readonly number[] =>
  output.lines.filter(({ text }) => text.includes(wanted)).map(({ number }) => number)

describe('finding lines of an output', () => {
  it('gives for an output that grows and loses its beginning what a search of the whole gives', () => {
    const line = fc.constantFrom('an error', 'all well', 'error again', '')
    const growth = fc.array(fc.array(line, { maxLength: 5 }), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(growth, fc.nat(6), (pieces, kept) => {
        const find = createLineFinder(never)
        const texts: string[] = []
        for (const piece of pieces) {
          texts.push(...piece)
          const output = outputOf(texts, Math.max(1, texts.length - kept))
          expect(find({ runId: 'r1', output, wanted: 'error' }).numbers).toEqual(naive(output, 'error'))
        }
      }),
    )
  })

  it('looks again at a last line that has grown', () => {
    const find = createLineFinder(never)
    expect(find({ runId: 'r1', output: outputOf(['one', 'an err']), wanted: 'error' }).numbers).toEqual([])
    expect(find({ runId: 'r1', output: outputOf(['one', 'an error']), wanted: 'error' }).numbers).toEqual([2])
  })

  it('looks at each older line once', () => {
    const read: number[] = []
    const texts = Array.from({ length: 10 }, (_, at) => `line ${at}`)
    const output = outputOf(texts)
    const spied = {
      ...output,
      lines: output.lines.map(line => ({
        ...line,
        get text() {
          read.push(line.number)
          return `text ${line.number}`
        },
      })),
    }
    const find = createLineFinder(never)
    find({ runId: 'r1', output: spied, wanted: 'text' })
    read.length = 0
    expect(find({ runId: 'r1', output: spied, wanted: 'text' }).numbers).toHaveLength(10)
    expect(new Set(read)).toEqual(new Set([9, 10]))
  })

  it('keeps the answers of two runs apart', () => {
    const find = createLineFinder(never)
    expect(find({ runId: 'r1', output: outputOf(['error']), wanted: 'error' }).numbers).toEqual([1])
    expect(find({ runId: 'r2', output: outputOf(['fine']), wanted: 'error' }).numbers).toEqual([])
  })
})

describe('finding lines of a long output', () => {
  const texts = Array.from({ length: 4_000 }, (_, at) =>
    at % 7 === 3 ? `line ${at} error` : 'x'.repeat(9_000),
  )

  it('goes on in turns until all is looked through', () => {
    const output = outputOf(texts)
    let asked = 0
    const find = createLineFinder(() => {
      asked += 1
    })
    const shares: number[] = []
    for (let turn = 0; turn <= asked; turn += 1)
      shares.push(find({ runId: 'r1', output, wanted: 'error' }).share)
    expect(shares.length).toBeGreaterThan(2)
    expect(shares.at(-1)).toBe(1)
    expect(shares.slice(0, -1).every(share => share < 1)).toBe(true)
    expect(find({ runId: 'r1', output, wanted: 'error' }).numbers).toEqual(naive(output, 'error'))
  })

  it('looks at single lines only where the text of many holds what is wanted', () => {
    const output = {
      ...outputOf(texts),
      textOnDisk: (number: number) => ({ text: '', endLine: number + 500 }),
    }
    expect(createLineFinder(never)({ runId: 'r1', output, wanted: 'error' }).numbers).toEqual([])
  })
})

describe('firstFrom', () => {
  it('finds the first number that is not below another', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(50)), fc.nat(60), (numbers, wanted) => {
        const sorted = [...numbers].sort((a, b) => a - b)
        const found = sorted.findIndex(number => number >= wanted)
        expect(firstFrom(sorted, wanted)).toBe(found < 0 ? sorted.length : found)
      }),
    )
  })
})

describe('arrivals', () => {
  it('tell when the first note that covers a line was made', () => {
    const arrivals = createArrivals()
    arrivals.note('r1', 2, 1000)
    arrivals.note('r1', 2, 1500)
    arrivals.note('r1', 5, 2000)
    expect([1, 2, 3, 5].map(line => arrivals.timeOf('r1', line))).toEqual([1000, 1000, 2000, 2000])
    expect([arrivals.timeOf('r1', 6), arrivals.timeOf('r2', 1)]).toEqual([undefined, undefined])
    arrivals.forget()
    expect(arrivals.timeOf('r1', 1)).toBeUndefined()
  })
})
