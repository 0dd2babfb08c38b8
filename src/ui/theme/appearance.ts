/** The colours of the screen, by name: for dark and light backgrounds, with the strongest contrast, and without red against green. */
export type ThemeName = 'dark' | 'light' | 'contrast' | 'colour-blind'

/** How the screen may look on this terminal: `none` keeps to bold, dim and inverse; `ascii` draws without box characters. */
export type Appearance = {
  readonly colours: 'sixteen' | 'none'
  readonly glyphs: 'unicode' | 'ascii'
  /** `dark` unless said. */
  readonly theme?: ThemeName
}
