import { everywhere, type Program, type Reply } from '../../shell/program.ts'
import { asText } from '../../text/columns.ts'
import { type OptionTable, type ReadOptions, readOptions } from '../../text/read-options.ts'
import { linesOf, readInputs } from './inputs.ts'

const table: OptionTable = {
  t: 'table',
  table: 'table',
  s: 'separator=',
  separator: 'separator=',
  o: 'output-separator=',
  'output-separator': 'output-separator=',
  N: 'table-columns=',
  'table-columns': 'table-columns=',
  R: 'table-right=',
  'table-right': 'table-right=',
  L: 'keep-empty-lines',
  'keep-empty-lines': 'keep-empty-lines',
  e: 'table-header-repeat',
}

/** The fields of a line: each separator that was asked for ends one, blanks together do. */
const fieldsOf = (line: string, separators: string | undefined): readonly string[] => {
  if (separators === undefined) return line.split(/[ \t]+/).filter(field => field !== '')
  const fields = ['']
  for (const letter of line)
    if (separators.includes(letter)) fields.push('')
    else fields.push(`${fields.pop() ?? ''}${letter}`)
  return fields
}

const chosen = ({ options }: ReadOptions, names: readonly string[]): ReadonlySet<number> =>
  new Set(
    (options.get('table-right')?.at(-1)?.split(',') ?? []).map(word =>
      names.includes(word) ? names.indexOf(word) : Number(word) - 1,
    ),
  )

const asTable = (read: ReadOptions, text: string): string => {
  const separators = read.options.get('separator')?.at(-1)
  const names = read.options.get('table-columns')?.at(-1)?.split(',') ?? []
  const body = linesOf(text)
    .filter(line => line.trim() !== '' || read.options.has('keep-empty-lines'))
    .map(line => fieldsOf(line, separators))
  if (body.length === 0) return ''
  const rows = names.length === 0 ? body : [names, ...body]
  const count = Math.max(...rows.map(({ length }) => length))
  const width = (at: number): number => Math.max(...rows.map(row => row[at]?.length ?? 0))
  const widths = Array.from({ length: count }, (_, at) => width(at))
  const right = chosen(read, names)
  const between = read.options.get('output-separator')?.at(-1) ?? '  '
  return asText(
    rows.map(row =>
      widths
        .map((wide, at) => {
          const field = row[at] ?? ''
          if (right.has(at)) return field.padStart(wide)
          return at === count - 1 ? field : field.padEnd(wide)
        })
        .join(between),
    ),
  )
}

/** column(1) of util-linux 2.37. What is to fill columns instead of a table is left to the shell's own. */
export const column: Program = {
  names: ['column'],
  isInstalled: everywhere,
  run: async (call): Promise<Reply> => {
    const read = readOptions(table, call.args)
    if (!read.options.has('table') || read.unknown !== undefined) return call.passage.original(call.args)
    const { inputs, stderr, exit } = readInputs(
      call,
      read.words,
      (name, reason) => `column: cannot open ${name}: ${reason}`,
    )
    return { stdout: asTable(read, inputs.map(({ text }) => text).join('')), stderr, exit }
  },
}
