import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shareRows } from '../../../src/ui/layout/share-rows.ts'

describe('shareRows', () => {
  it('gives everyone the least first', () => {
    expect(
      shareRows(
        [
          { least: 2, most: 9 },
          { least: 1, most: 9 },
        ],
        3,
      ),
    ).toEqual([2, 1])
  })

  it('shares what is left in turn until nobody wants more', () => {
    expect(
      shareRows(
        [
          { least: 1, most: 9 },
          { least: 1, most: 2 },
        ],
        6,
      ),
    ).toEqual([4, 2])
    expect(shareRows([{ least: 1, most: 2 }], 6)).toEqual([2])
  })

  it('lets the last go short when there is not enough', () => {
    expect(
      shareRows(
        [
          { least: 2, most: 2 },
          { least: 2, most: 2 },
        ],
        3,
      ),
    ).toEqual([2, 1])
  })

  it('never gives more than there is, nor more than anyone wants', () => {
    const share = fc
      .record({ least: fc.nat(20), more: fc.nat(20) })
      .map(({ least, more }) => ({ least, most: least + more }))
    fc.assert(
      fc.property(fc.array(share, { maxLength: 8 }), fc.nat(200), (shares, rows) => {
        const given = shareRows(shares, rows)
        expect(given.reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(rows)
        given.forEach((each, at) => {
          expect(each).toBeLessThanOrEqual(shares[at]?.most ?? 0)
        })
      }),
    )
  })
})
