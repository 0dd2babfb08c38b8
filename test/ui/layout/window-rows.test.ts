import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clamp, windowTop } from '../../../src/ui/layout/window-rows.ts'

describe('windowTop', () => {
  it('begins at the top while everything fits', () => {
    expect(windowTop({ count: 5, height: 5, selected: 4 })).toBe(0)
  })

  it('keeps the chosen row in view and no row empty that could be filled', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 500 }),
        fc.integer({ min: 1, max: 60 }),
        fc.nat(),
        (count, height, pick) => {
          const selected = pick % count
          const top = windowTop({ count, height, selected })
          expect(selected).toBeGreaterThanOrEqual(top)
          expect(selected).toBeLessThan(top + height)
          expect(top + height).toBeLessThanOrEqual(Math.max(count, height))
        },
      ),
    )
  })
})

describe('clamp', () => {
  it('keeps to the bounds, the lower one when they cross', () => {
    expect([clamp(5, 0, 3), clamp(-1, 0, 3), clamp(2, 0, 3), clamp(2, 0, -1)]).toEqual([3, 0, 2, 0])
  })
})
