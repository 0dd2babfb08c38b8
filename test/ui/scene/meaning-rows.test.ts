import { describe, expect, it } from 'vitest'
import { rowText } from '../../../src/ui/present/span.ts'
import { meaningRows } from '../../../src/ui/scene/meaning-rows.ts'
import { freshView } from '../../../src/ui/state/ui-state.ts'

const rowsOf = (meaning: string): readonly string[] =>
  meaningRows({
    pane: { x: 0, y: 0, width: 42, height: 9 },
    marks: [{ line: 1, column: 1, length: 0, kind: 'look-for', meaning, cause: undefined }],
    view: { ...freshView, markedLine: 1 },
    run: undefined,
    ref: { runbook: 'any', step: 'any' },
    library: { trees: new Map() },
    dealKey: 'o',
  }).map(rowText)

describe('the meaning of a line', () => {
  it('stands whole where there is room', () => {
    expect(rowsOf('This node does not report.')).toEqual(['This node does not report.'])
  })

  it('says that there is more of it where there is not', () => {
    const rows = rowsOf('A word and another. '.repeat(20))
    expect(rows).toHaveLength(3)
    expect(rows.at(-1)).toMatch(/…$/)
    expect(rows.every(row => row.length <= 40)).toBe(true)
  })
})
