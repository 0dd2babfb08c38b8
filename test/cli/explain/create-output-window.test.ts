import { describe, expect, it } from 'vitest'
import { createOutputWindow } from '../../../src/cli/explain/create-output-window.ts'

const lineOf = (number: number) => ({
  number,
  stream: 'stdout' as const,
  text: `line ${number} ${'x'.repeat(90)}`,
})

const fill = (count: number) => {
  const window = createOutputWindow()
  for (let number = 1; number <= count; number += 100)
    window.take(Array.from({ length: 100 }, (_, index) => lineOf(number + index)))
  return window.output()
}

describe('the window on an output', () => {
  it('holds a short output whole', () => {
    const { lines, totalLines } = fill(2000)
    expect(lines).toEqual(Array.from({ length: 2000 }, (_, index) => lineOf(index + 1)))
    expect(totalLines).toBe(2000)
  })

  it('holds the beginning and the newest lines of a long one, with their numbers', () => {
    const { lines, totalLines, firstLine } = fill(100_000)
    expect({ totalLines, firstLine }).toEqual({ totalLines: 100_000, firstLine: 1 })
    expect(lines.length).toBeLessThan(10_000)
    expect(lines.at(0)).toEqual(lineOf(1))
    expect(lines.at(-1)).toEqual(lineOf(100_000))
    expect(lines.every(line => line.text === lineOf(line.number).text)).toBe(true)
  })
})
