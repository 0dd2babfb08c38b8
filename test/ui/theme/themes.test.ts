import { describe, expect, it } from 'vitest'
import type { ThemeName } from '../../../src/ui/theme/appearance.ts'
import { themeFor } from '../../../src/ui/theme/themes.ts'

const names: readonly ThemeName[] = ['dark', 'light', 'contrast', 'colour-blind']
const themeOf = (theme: ThemeName, colours: 'sixteen' | 'none' = 'sixteen') =>
  themeFor({ colours, glyphs: 'unicode', theme })

describe('a theme', () => {
  it.each(names)('tells good, warning and bad apart by itself: %s', name => {
    const { good, warn, bad } = themeOf(name)
    expect(new Set([good, warn, bad].map(look => JSON.stringify(look))).size).toBe(3)
  })

  it.each(names)('has no colour where none is wanted: %s', name => {
    for (const look of Object.values(themeOf(name, 'none'))) {
      expect(look.colour).toBeUndefined()
      expect(look.background).toBeUndefined()
    }
  })

  it('is the dark one unless another is named', () => {
    expect(themeFor({ colours: 'sixteen', glyphs: 'unicode' })).toBe(themeOf('dark'))
  })

  it('has nothing pale on a light background', () => {
    const pale = ['yellow', 'cyan', 'white', 'bright-yellow', 'bright-cyan', 'bright-green', 'bright-white']
    for (const { colour = '', background } of Object.values(themeOf('light')))
      if (background === undefined) expect(pale).not.toContain(colour)
  })

  it('has nothing dim and no colour without its background where contrast is wanted', () => {
    for (const { dim, colour, background } of Object.values(themeOf('contrast'))) {
      expect(dim).toBeUndefined()
      if (colour !== undefined) expect(background).toBeDefined()
    }
  })

  it('tells nothing by red or green where they cannot be told apart', () => {
    for (const { colour = '', background = '' } of Object.values(themeOf('colour-blind')))
      expect(`${colour} ${background}`).not.toMatch(/red|green/)
  })
})
