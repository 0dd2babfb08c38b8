import { describe, expect, it } from 'vitest'
import type { ThemeName } from '../../../src/ui/theme/appearance.ts'
import { themeFor } from '../../../src/ui/theme/themes.ts'
import { type Colour, colours, type Look } from '../../../src/ui/theme/tone.ts'

/** The sixteen colours as terminals have them where nobody chose others, and whether bold text takes the bright ones. */
type Palette = { readonly name: string; readonly hex: string; readonly bold: 'bright' | 'same' }

const palettes: readonly Palette[] = [
  {
    name: 'xterm',
    hex: '000000 cd0000 00cd00 cdcd00 0000ee cd00cd 00cdcd e5e5e5 7f7f7f ff0000 00ff00 ffff00 5c5cff ff00ff 00ffff ffffff',
    bold: 'bright',
  },
  {
    name: 'VGA',
    hex: '000000 aa0000 00aa00 aa5500 0000aa aa00aa 00aaaa aaaaaa 555555 ff5555 55ff55 ffff55 5555ff ff55ff 55ffff ffffff',
    bold: 'bright',
  },
  {
    name: 'Tango',
    hex: '2e3436 cc0000 4e9a06 c4a000 3465a4 75507b 06989a d3d7cf 555753 ef2929 8ae234 fce94f 729fcf ad7fa8 34e2e2 eeeeec',
    bold: 'same',
  },
]

/** The weights of WCAG 2 for red, green and blue. */
const weights = [0.2126, 0.7152, 0.0722]

const luminance = (hex: string): number =>
  weights.reduce((sum, weight, at) => {
    const part = Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16) / 255
    return sum + weight * (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
  }, 0)

const contrastOf = (one: string, other: string): number => {
  const [dark, light] = [luminance(one), luminance(other)].toSorted((a, b) => a - b) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

const hexOf = ({ hex }: Palette, colour: Colour): string =>
  hex.split(' ')[colours.indexOf(colour)] ?? 'ffffff'

/** The colour that a look's text gets: bold moves the first eight to their bright ones in some terminals. */
const textHex = (palette: Palette, { colour, bold }: Look, plain: string): string => {
  if (colour === undefined) return plain
  const isMoved = bold === true && palette.bold === 'bright' && colours.indexOf(colour) < 8
  return hexOf(palette, isMoved ? (`bright-${colour}` as Colour) : colour)
}

/** What WCAG 2 asks of large text and of signs. */
const LEAST = 3

const backgrounds: readonly (readonly [ThemeName, string])[] = [
  ['dark', '000000'],
  ['light', 'ffffff'],
  ['contrast', '000000'],
  ['contrast', 'ffffff'],
  ['colour-blind', '000000'],
]

describe.each(backgrounds)('the theme %s on %s', (theme, behind) => {
  it.each(palettes)('can be read in every tone with the colours of $name', palette => {
    const plain = behind === '000000' ? 'ffffff' : '000000'
    const pale = Object.entries(themeFor({ colours: 'sixteen', glyphs: 'unicode', theme }))
      .filter(([, look]) => look.colour !== undefined || look.background !== undefined)
      .map(([tone, look]) => {
        const own = look.background === undefined ? behind : hexOf(palette, look.background)
        return [tone, contrastOf(textHex(palette, look, plain), own)] as const
      })
      .filter(([, contrast]) => contrast < LEAST)
    expect(pale).toEqual([])
  })
})
