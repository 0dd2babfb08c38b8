import type { TextLine } from '../text/lines.ts'
import { type KubectlCommand, kubectlCommand } from './kubectl-command.ts'

const gap = / {2,}/

/** What rows of a kind look like below a header that is not there, and what lists them. */
type Rows = { readonly row: RegExp; readonly list: (cells: readonly string[]) => readonly string[] }

const optionsFor = (isMet: boolean, ...options: readonly string[]): readonly string[] =>
  isMet ? options : []

// A wide row of a node ends in addresses, system, kernel and runtime; one of a pod in address and node.
const kinds: readonly Rows[] = [
  {
    row: /^\S+ {2,}(?:Not)?Ready[,\w]* {2,}(?:\S+ {2,})?\d+[\da-z]* {2,}v\d+\.\d/,
    list: cells => ['nodes', ...optionsFor(cells.length > 5, '-o', 'wide')],
  },
  {
    row: /^(?:\S+ {2,})?\S+ {2,}\d+\/\d+ {2,}[A-Z][\w:]+ {2,}\d+(?: \(\d[\da-z]* ago\))? {2,}\d+[\da-z]*(?: {2,}|$)/,
    list: cells => {
      const isOfAll = !/^\d+\/\d+$/.test(cells[1] ?? '')
      return ['pods', ...optionsFor(isOfAll, '-A'), ...optionsFor(cells.length > 6, '-o', 'wide')]
    },
  },
]

/** The command that lists rows like these, where nodes or pods were pasted without command and header; else `undefined`. */
export const commandOfPastedRows = (lines: readonly TextLine[]): KubectlCommand | undefined => {
  const rows = lines.filter(({ text }) => text.trim() !== '').map(({ text }) => text.trimEnd())
  const [first] = rows
  if (first === undefined) return undefined
  const kind = kinds.find(({ row }) => rows.every(text => row.test(text)))
  return kind === undefined ? undefined : kubectlCommand(['kubectl', 'get', ...kind.list(first.split(gap))])
}
