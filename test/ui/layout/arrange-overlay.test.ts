import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arrangeOverlay, insideOverlay } from '../../../src/ui/layout/arrange-overlay.ts'

describe('arrangeOverlay', () => {
  it('stands in the middle with room for its content, frame and padding', () => {
    const box = arrangeOverlay({ columns: 100, rows: 30 }, { width: 50, height: 8 })
    expect(box).toEqual({ x: 23, y: 10, width: 54, height: 10 })
    expect(insideOverlay(box)).toEqual({ x: 25, y: 11, width: 50, height: 8 })
  })

  it('stays on the screen however much is wanted', () => {
    const size = fc.record({
      columns: fc.integer({ min: 40, max: 250 }),
      rows: fc.integer({ min: 12, max: 90 }),
    })
    fc.assert(
      fc.property(size, fc.nat(500), fc.nat(500), (screen, width, height) => {
        const box = arrangeOverlay(screen, { width, height })
        expect(box.x).toBeGreaterThanOrEqual(0)
        expect(box.y).toBeGreaterThanOrEqual(1)
        expect(box.x + box.width).toBeLessThanOrEqual(screen.columns)
        expect(box.y + box.height).toBeLessThanOrEqual(screen.rows - 1)
      }),
    )
  })
})
