/** How the screen may look on this terminal: `none` keeps to bold, dim and inverse; `ascii` draws without box characters. */
export type Appearance = {
  readonly colours: 'sixteen' | 'none'
  readonly glyphs: 'unicode' | 'ascii'
}
