import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  arrangeStep,
  arrangeZoom,
  type Pane,
  type StepLayout,
  type StepWants,
} from '../../../src/ui/layout/arrange-step.ts'
import type { Rectangle, Size } from '../../../src/ui/layout/rectangle.ts'

const letters: Readonly<Record<Pane, string>> = {
  path: 'p',
  layers: 'l',
  explanation: 'e',
  commands: 'c',
  output: 'o',
  findings: 'f',
  next: 'n',
}

const full: StepWants = { explanation: 9, commands: 4, findings: 2, next: 5, path: 6, output: 'shown' }

const draw = (layout: StepLayout, { columns, rows }: Size): string => {
  const grid = Array.from({ length: rows }, () => Array.from({ length: columns }, () => ' '))
  const fill = ({ x, y, width, height }: Rectangle, letter: string): void => {
    for (let row = y; row < y + height; row++)
      for (let at = x; at < x + width; at++) (grid[row] ?? [])[at] = letter
  }
  fill(layout.header, 'H')
  fill(layout.footer, 'F')
  if (layout.divider !== undefined) fill(layout.divider, '|')
  for (const rule of layout.rules) fill({ ...rule, height: 1 }, '-')
  for (const [pane, room] of Object.entries(layout.panes)) fill(room, letters[pane as Pane])
  return `\n${grid.map(row => row.join('')).join('\n')}\n`
}

const overlap = (one: Rectangle, other: Rectangle): boolean =>
  one.x < other.x + other.width &&
  other.x < one.x + one.width &&
  one.y < other.y + other.height &&
  other.y < one.y + one.height

const sizes: readonly (readonly [string, Size])[] = [
  ['40x12', { columns: 40, rows: 12 }],
  ['60x16', { columns: 60, rows: 16 }],
  ['80x24', { columns: 80, rows: 24 }],
  ['120x40', { columns: 120, rows: 40 }],
  ['200x60', { columns: 200, rows: 60 }],
]

describe('arrangeStep', () => {
  it.each(sizes)('divides %s', async (name, size) => {
    await expect(draw(arrangeStep(size, full), size)).toMatchFileSnapshot(
      `../../fixtures/ui/layout/step-${name}.txt`,
    )
  })

  it('gives the left side up first, then the findings, never the commands', () => {
    const panesAt = (columns: number, rows: number) => Object.keys(arrangeStep({ columns, rows }, full).panes)
    expect(panesAt(120, 40)).toEqual(expect.arrayContaining(['path', 'layers', 'findings', 'commands']))
    expect(panesAt(80, 24)).toEqual(expect.not.arrayContaining(['path']))
    expect(panesAt(80, 24)).toEqual(expect.arrayContaining(['findings', 'commands']))
    expect(panesAt(40, 12)).toEqual(expect.not.arrayContaining(['findings']))
    expect(panesAt(40, 12)).toEqual(expect.arrayContaining(['commands', 'output', 'next']))
  })

  it('leaves no room for commands or output in a step that only is to be read', () => {
    const { panes } = arrangeStep({ columns: 80, rows: 24 }, { ...full, commands: 0, output: 'hidden' })
    expect(Object.keys(panes).sort()).toEqual(['explanation', 'next'])
    expect(panes.explanation?.height).toBeGreaterThan(10)
  })

  it('gives the whole body to one part', () => {
    const size = { columns: 80, rows: 24 }
    expect(arrangeZoom(size, 'output', full).panes).toEqual({ output: { x: 1, y: 2, width: 78, height: 21 } })
    expect(Object.keys(arrangeZoom(size, 'commands', full).panes)).toEqual(['explanation', 'commands'])
  })

  it('keeps every part on the screen and apart from the others, whatever is wanted', () => {
    const count = fc.nat({ max: 200 })
    const wants = fc.record({
      explanation: count,
      commands: count,
      findings: count,
      next: count,
      path: count,
      output: fc.constantFrom('shown' as const, 'hidden' as const),
    })
    const size = fc.record({
      columns: fc.integer({ min: 40, max: 250 }),
      rows: fc.integer({ min: 12, max: 90 }),
    })
    fc.assert(
      fc.property(size, wants, (screen, wanted) => {
        const layout = arrangeStep(screen, wanted)
        const rooms = [
          layout.header,
          layout.footer,
          ...Object.values(layout.panes),
          ...layout.rules.map(rule => ({ ...rule, height: 1 })),
        ]
        for (const [at, room] of rooms.entries()) {
          expect(room.width).toBeGreaterThan(0)
          expect(room.x + room.width).toBeLessThanOrEqual(screen.columns)
          expect(room.y + room.height).toBeLessThanOrEqual(screen.rows)
          expect(rooms.slice(at + 1).filter(other => overlap(room, other))).toEqual([])
        }
        if (wanted.commands > 0) expect(layout.panes.commands?.height).toBeGreaterThan(0)
      }),
    )
  })
})
