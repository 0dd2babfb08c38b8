import { describe, expect, it } from 'vitest'
import { glyphs, toAscii } from '../../../src/ui/theme/glyphs.ts'

describe('the signs of the map in ASCII', () => {
  it('stand each for one thing, as they stand side by side in a row', () => {
    const { teeRight, lastBranch, folded, unfolded, good, bad, here, warn, unknown } = glyphs
    const shown = [teeRight, lastBranch, folded, unfolded, good, bad, here, warn, unknown].map(toAscii)
    expect(new Set(shown).size).toBe(shown.length)
    expect(shown.join('')).toMatch(/^[\x20-\x7e]+$/)
  })
})
