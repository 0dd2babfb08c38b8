import type { IBufferCell, Terminal } from '@xterm/headless'

const CELL_WIDTH = 8.4
const LINE_HEIGHT = 18
const MARGIN = 12

/** The sixteen colours of the pictures, in the terminal's order. */
const palette = [
  '#1e2127',
  '#e06c75',
  '#98c379',
  '#e5c07b',
  '#61afef',
  '#c678dd',
  '#56b6c2',
  '#c8ccd4',
  '#7f848e',
  '#ff7a85',
  '#a9d98a',
  '#ffd68a',
  '#7cc0ff',
  '#d68df0',
  '#6bd0dc',
  '#ffffff',
]
const ground = '#1e2127'
const ink = '#c8ccd4'

type Look = { readonly colour: string; readonly behind: string | undefined; readonly style: string }

const lookOf = (cell: IBufferCell): Look => {
  const colour = cell.isFgPalette() ? (palette[cell.getFgColor()] ?? ink) : ink
  const behind = cell.isBgPalette() ? palette[cell.getBgColor()] : undefined
  const style = [
    cell.isBold() ? ' font-weight="bold"' : '',
    cell.isDim() ? ' opacity="0.6"' : '',
    cell.isUnderline() ? ' text-decoration="underline"' : '',
    cell.isItalic() ? ' font-style="italic"' : '',
  ].join('')
  return cell.isInverse() ? { colour: behind ?? ground, behind: colour, style } : { colour, behind, style }
}

type Run = { readonly look: Look; readonly from: number; text: string; cells: number }

const isSame = (one: Look, other: Look): boolean =>
  one.colour === other.colour && one.behind === other.behind && one.style === other.style

const runsOf = (terminal: Terminal, y: number): readonly Run[] => {
  const line = terminal.buffer.active.getLine(y)
  const runs: Run[] = []
  for (let x = 0; x < terminal.cols; x += 1) {
    const cell = line?.getCell(x)
    if (cell === undefined || cell.getWidth() === 0) continue
    const look = lookOf(cell)
    const last = runs.at(-1)
    const text = cell.getChars() || ' '
    if (last !== undefined && isSame(last.look, look)) {
      last.text += text
      last.cells += cell.getWidth()
    } else runs.push({ look, from: x, text, cells: cell.getWidth() })
  }
  return runs
}

/** Viewers drop plain spaces at the ends of a text and stretch the rest to the length it should have. */
const NO_BREAK_SPACE = '\u00a0'

const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

const drawRun = ({ look, from, text, cells }: Run, y: number): string => {
  const x = (MARGIN + from * CELL_WIDTH).toFixed(1)
  const width = (cells * CELL_WIDTH).toFixed(1)
  const top = MARGIN + y * LINE_HEIGHT
  const block =
    look.behind === undefined
      ? ''
      : `<rect x="${x}" y="${top}" width="${width}" height="${LINE_HEIGHT}" fill="${look.behind}"/>`
  if (text.trim() === '') return block
  return `${block}<text x="${x}" y="${top + 13}" textLength="${width}" fill="${look.colour}"${look.style}>${escapeXml(text).replaceAll(' ', NO_BREAK_SPACE)}</text>`
}

/** What stands on a terminal's screen as an SVG picture; the title is read out where it cannot be seen. */
export const svgOf = (terminal: Terminal, title: string): string => {
  const width = Math.ceil(terminal.cols * CELL_WIDTH + 2 * MARGIN)
  const height = terminal.rows * LINE_HEIGHT + 2 * MARGIN
  const lines = Array.from({ length: terminal.rows }, (_, y) =>
    runsOf(terminal, y)
      .map(run => drawRun(run, y))
      .join(''),
  )
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="monospace" font-size="14">`,
    `<title>${escapeXml(title)}</title>`,
    `<rect width="${width}" height="${height}" rx="8" fill="${ground}"/>`,
    ...lines.filter(line => line !== ''),
    '</svg>',
    '',
  ].join('\n')
}
