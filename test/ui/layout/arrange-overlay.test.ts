import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arrangeOverlay, insideOverlay, roomAround } from '../../../src/ui/layout/arrange-overlay.ts'

const sizes = fc.record({
  columns: fc.integer({ min: 40, max: 250 }),
  rows: fc.integer({ min: 12, max: 90 }),
})

describe('arrangeOverlay', () => {
  it('stands in the middle with room for its content, frame and padding', () => {
    const box = arrangeOverlay({ columns: 100, rows: 30 }, { width: 50, height: 8 })
    expect(box).toEqual({ x: 23, y: 10, width: 54, height: 10 })
    expect(insideOverlay(box)).toEqual({ x: 25, y: 11, width: 50, height: 8 })
  })

  it('stays on the screen however much is wanted', () => {
    fc.assert(
      fc.property(sizes, fc.nat(500), fc.nat(500), (screen, width, height) => {
        const box = arrangeOverlay(screen, { width, height })
        expect(box.x).toBeGreaterThanOrEqual(0)
        expect(box.y).toBeGreaterThanOrEqual(1)
        expect(box.x + box.width).toBeLessThanOrEqual(screen.columns)
        expect(box.y + box.height).toBeLessThanOrEqual(screen.rows - 1)
      }),
    )
  })
})

describe('roomAround', () => {
  it('covers the box and leaves beside it nothing, or more than scraps', () => {
    fc.assert(
      fc.property(sizes, fc.nat(300), fc.nat(100), (screen, width, height) => {
        const box = arrangeOverlay(screen, { width, height })
        const around = roomAround(box, screen)
        expect([around.y, around.height]).toEqual([box.y, box.height])
        expect(around.x).toBeLessThanOrEqual(box.x)
        expect(around.x + around.width).toBeGreaterThanOrEqual(box.x + box.width)
        for (const beside of [around.x, screen.columns - around.x - around.width]) {
          expect(beside).toBeGreaterThanOrEqual(0)
          expect(beside === 0 || beside > 6).toBe(true)
        }
      }),
    )
  })
})
