import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { goDuration, readGoDuration } from '../../src/cluster/text/spans.ts'

describe('a duration as Go reads it', () => {
  it.each([
    ['30s', 30_000],
    ['1h30m', 5_400_000],
    ['2m30.5s', 150_500],
    ['.5s', 500],
    ['1.s', 1_000],
    ['250ms', 250],
    ['40us', 0.04],
    ['-5m', -300_000],
    ['+5m', 300_000],
    ['0', 0],
    ['-0', 0],
  ])('%s', (text, ms) => {
    expect(readGoDuration(text)).toEqual({ ms: expect.closeTo(ms, 6) })
  })

  it.each([
    ['', 'time: invalid duration ""'],
    ['-', 'time: invalid duration "-"'],
    ['soon', 'time: invalid duration "soon"'],
    ['.s', 'time: invalid duration ".s"'],
    ['30', 'time: missing unit in duration "30"'],
    ['1h30', 'time: missing unit in duration "1h30"'],
    ['1d', 'time: unknown unit "d" in duration "1d"'],
    ['5 s', 'time: unknown unit " s" in duration "5 s"'],
  ])('but not %j', (text, problem) => {
    expect(readGoDuration(text)).toEqual({ problem })
  })

  it('is the one that was written', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50_000_000 }), tenths => {
        expect(readGoDuration(goDuration(tenths * 100))).toEqual({ ms: expect.closeTo(tenths * 100, 3) })
      }),
    )
  })

  it('or a reason where a point stands twice', () => {
    expect(readGoDuration('0..0s')).toEqual({ problem: 'time: missing unit in duration "0..0s"' })
    expect(readGoDuration(`${'1'.repeat(60)}..`)).toHaveProperty('problem')
  })

  it('or a reason, for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'0123456789.+-hmsµnu "\n') }), text => {
        const read = readGoDuration(text)
        if ('ms' in read) expect(read.ms).not.toBeNaN()
        else expect(read.problem).toMatch(/^time: /)
      }),
    )
  })
})
