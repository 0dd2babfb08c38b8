import type { Severity } from '../../diagnosis/index.ts'
import { appearanceOf } from '../appearance.ts'

/** How text for people is drawn: how wide, with which signs, and how words are set off. */
export type TextStyle = {
  readonly width: number
  readonly bar: string
  readonly cut: string
  readonly arrow: string
  readonly signOf: (severity: Severity) => string
  readonly strong: (text: string) => string
  readonly faint: (text: string) => string
  readonly alarming: (text: string) => string
}

/** What decides about the style: the environment, and the width of the terminal, `undefined` when the text goes elsewhere. */
export type StyleQuestion = {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly columns: number | undefined
}

const unicodeSigns: Readonly<Record<Severity, string>> = { error: '✖', warning: '▲', info: '·' }
const asciiSigns: Readonly<Record<Severity, string>> = { error: 'x', warning: '!', info: '-' }

const WIDTH_ELSEWHERE = 120
const WIDEST = 160

const code =
  (isOn: boolean) =>
  (number: number) =>
  (text: string): string =>
    isOn && text !== '' ? `\u001b[${number}m${text}\u001b[0m` : text

/** The style for a terminal; plain and 120 wide where the text goes to a file or a pipe. */
export const textStyleOf = ({ env, columns }: StyleQuestion): TextStyle => {
  const { colours, glyphs } = appearanceOf(env)
  const isForced = env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== ''
  const paint = code(colours !== 'none' && (columns !== undefined || isForced))
  const isUnicode = glyphs === 'unicode'
  const signs = isUnicode ? unicodeSigns : asciiSigns
  return {
    width: Math.min(columns ?? WIDTH_ELSEWHERE, WIDEST),
    bar: isUnicode ? '│' : '|',
    cut: isUnicode ? '…' : '...',
    arrow: isUnicode ? '→' : '->',
    signOf: severity => signs[severity],
    strong: paint(1),
    faint: paint(2),
    alarming: paint(31),
  }
}
