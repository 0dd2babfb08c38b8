import { describe, expect, it } from 'vitest'
import { rowText, span } from '../../../src/ui/present/span.ts'
import { squeezeRows } from '../../../src/ui/present/squeeze-rows.ts'

const rowsOf = (...texts: readonly string[]) => texts.map(text => [span(text)])
const squeezed = (height: number, ...texts: readonly string[]) =>
  squeezeRows(rowsOf(...texts), height).map(rowText)

describe('rows for a low room', () => {
  it('stay as they are where they fit', () => {
    expect(squeezed(3, 'a', '', 'field')).toEqual(['a', '', 'field'])
  })

  it('lose the empty ones first', () => {
    expect(squeezed(3, 'a', '', 'type yes', '', 'field')).toEqual(['a', 'type yes', 'field'])
  })

  it('keep what is to be typed and where, and tell what is left out', () => {
    expect(squeezed(4, 'a', 'b', 'c', 'type yes', 'field')).toEqual(['a', '…', 'type yes', 'field'])
    expect(squeezed(2, 'a', 'b', 'type yes', 'field')).toEqual(['type yes', 'field'])
  })
})
