import { Box } from 'ink'
import { cleanup, render } from 'ink-testing-library'
import { afterEach, describe, expect, it } from 'vitest'
import { row, span } from '../../../src/ui/present/span.ts'
import type { Appearance } from '../../../src/ui/theme/appearance.ts'
import { Drawing, drawFor } from '../../../src/ui/widgets/drawing.ts'
import { MenuList } from '../../../src/ui/widgets/menu.tsx'
import { Rows } from '../../../src/ui/widgets/rows.tsx'

afterEach(cleanup)

const unicode: Appearance = { colours: 'none', glyphs: 'unicode' }

const frame = (node: React.ReactNode, appearance: Appearance = unicode): string =>
  render(
    <Drawing value={drawFor(appearance)}>
      <Box width={30} height={5}>
        {node}
      </Box>
    </Drawing>,
  )
    .lastFrame()
    ?.replace(/\x1b\[\d*m/g, '') ?? ''

const drawn = (text: string): readonly string[] => text.split('\n').map(line => line.trimEnd())

describe('Rows', () => {
  it('stand where they are put, empty ones too', () => {
    const at = { x: 2, y: 1, width: 10, height: 3 }
    expect(drawn(frame(<Rows at={at} rows={[row('one'), [], row('three')]} />))).toEqual([
      '',
      '  one',
      '',
      '  three',
      '',
    ])
  })

  it('never leave their place', () => {
    const at = { x: 0, y: 0, width: 6, height: 2 }
    const rows = [row('a long row'), row('b'), row('c')]
    expect(drawn(frame(<Rows at={at} rows={rows} />))).toEqual(['a lon…', 'b', '', '', ''])
  })

  it('are drawn in ASCII where the terminal has nothing else', () => {
    const at = { x: 0, y: 0, width: 20, height: 1 }
    const rows = [[span('✓ done', 'good'), span(' · ─│')]]
    expect(drawn(frame(<Rows at={at} rows={rows} />, { colours: 'none', glyphs: 'ascii' }))[0]).toBe(
      'v done . -|',
    )
  })
})

describe('MenuList', () => {
  it('points at the chosen item', () => {
    const at = { x: 0, y: 0, width: 20, height: 3 }
    const menu = frame(<MenuList menu={{ kind: 'copy', selected: 1 }} at={at} />)
    expect(drawn(menu)).toEqual(['  c  the command', '❯ o  its output', '  s  the step', '', ''])
  })

  it('follows the choice', () => {
    const at = { x: 0, y: 0, width: 20, height: 2 }
    const menu = (selected: number) => (
      <Box width={30} height={3}>
        <MenuList menu={{ kind: 'leave', to: 'home', selected }} at={at} />
      </Box>
    )
    const app = render(menu(0))
    app.rerender(menu(1))
    expect(drawn(app.lastFrame() ?? '').slice(0, 2)).toEqual(['  y  leave', expect.stringContaining('> ')])
  })
})
