import { describe, expect, it } from 'vitest'
import { appearanceOf, isLight } from '../../src/cli/appearance.ts'

describe('how the screen may look', () => {
  it('follows the theme, and none is no colour', () => {
    expect(appearanceOf({ LANG: 'C.UTF-8' }, 'light')).toEqual({
      colours: 'sixteen',
      glyphs: 'unicode',
      theme: 'light',
    })
    expect(appearanceOf({}, 'none').colours).toBe('none')
  })

  it('has no colours under NO_COLOR, whatever the theme, nor on a dumb terminal unless they are forced', () => {
    expect(appearanceOf({ NO_COLOR: '1' }, 'contrast').colours).toBe('none')
    expect(appearanceOf({ TERM: 'dumb' }).colours).toBe('none')
    expect(appearanceOf({ TERM: 'dumb', FORCE_COLOR: '1' }).colours).toBe('sixteen')
  })

  it('has none where FORCE_COLOR refuses them', () => {
    expect(appearanceOf({ FORCE_COLOR: '0' }).colours).toBe('none')
    expect(appearanceOf({ FORCE_COLOR: 'false' }).colours).toBe('none')
    expect(appearanceOf({ FORCE_COLOR: '' }).colours).toBe('sixteen')
  })

  it('is drawn in ASCII where the locale is not UTF-8', () => {
    expect(appearanceOf({ LANG: 'C' }).glyphs).toBe('ascii')
    expect(appearanceOf({ LANG: 'C.UTF-8', LC_ALL: 'POSIX' }).glyphs).toBe('ascii')
  })

  it('knows a light background by what the terminal says of it', () => {
    expect(['0;15', '0;default;15', '0;7'].every(COLORFGBG => isLight({ COLORFGBG }))).toBe(true)
    expect(['15;0', '7', '', '0;17'].some(COLORFGBG => isLight({ COLORFGBG }))).toBe(false)
    expect(isLight({})).toBe(false)
  })
})
