import { everywhere, type Program, type Reply } from '../../shell/program.ts'
import { type OptionTable, type ReadOptions, readOptions, unknownOption } from '../../text/read-options.ts'
import { linesOf, readInputs } from './inputs.ts'

const table: OptionTable = {
  b: 'characters=',
  bytes: 'characters=',
  c: 'characters=',
  characters: 'characters=',
  complement: 'complement',
  d: 'delimiter=',
  delimiter: 'delimiter=',
  f: 'fields=',
  fields: 'fields=',
  n: 'whole',
  'output-delimiter': 'output=',
  s: 'only',
  'only-delimited': 'only',
  z: 'zero',
  'zero-terminated': 'zero',
}

const HINT = "Try 'cut --help' for more information.\n"

type Range = { readonly from: number; readonly to: number }

/** The ranges of a list such as `1,3-5,7-`, or what is wrong with it. */
const rangesOf = (list: string, isField: boolean): readonly Range[] | string => {
  const what = isField ? 'field' : 'byte/character position'
  const ranges: Range[] = []
  for (const part of list.split(/[,\s]/)) {
    const read = /^(\d*)(-?)(\d*)$/.exec(part)
    if (read === null)
      return `cut: invalid ${isField ? 'field value' : 'byte or character position'} '${part}'\n${HINT}`
    if (read[1] === '' && read[3] === '')
      return `cut: invalid ${isField ? 'field ' : ''}range with no endpoint: ${part}\n${HINT}`
    const from = Number(read[1] || 1)
    const to = read[2] === '' ? from : Number(read[3] || Number.POSITIVE_INFINITY)
    if (from === 0)
      return `cut: ${isField ? 'fields' : 'byte/character positions'} are numbered from 1\n${HINT}`
    if (to < from) return `cut: invalid decreasing range\n${HINT}`
    ranges.push({ from, to })
  }
  return ranges.length === 0 ? `cut: missing list of ${what}s\n${HINT}` : ranges
}

/** How each line is cut; `undefined` for one that is left out. */
const cutterOf = (
  { options }: ReadOptions,
  ranges: readonly Range[],
): ((line: string) => string | undefined) => {
  const isKept = (place: number): boolean =>
    ranges.some(({ from, to }) => place >= from && place <= to) !== options.has('complement')
  const output = options.get('output')?.at(-1)
  if (!options.has('fields')) return line => [...line].filter((_, at) => isKept(at + 1)).join(output ?? '')
  const delimiter = options.get('delimiter')?.at(-1) ?? '\t'
  return line => {
    if (!line.includes(delimiter)) return options.has('only') ? undefined : line
    return line
      .split(delimiter)
      .filter((_, at) => isKept(at + 1))
      .join(output ?? delimiter)
  }
}

/** cut(1) of GNU coreutils: parts of lines by place or by field. */
export const cut: Program = {
  names: ['cut'],
  isInstalled: everywhere,
  run: (call): Reply => {
    const read = readOptions(
      table,
      call.args.flatMap(arg => (arg === '-d=' ? ['-d', '='] : [arg])),
    )
    const { options, words } = read
    const problem = unknownOption('cut', read)
    if (problem !== undefined) return { stderr: problem, exit: 1 }
    const list = options.get('fields')?.at(-1) ?? options.get('characters')?.at(-1)
    if ([...(options.get('fields') ?? []), ...(options.get('characters') ?? [])].length > 1)
      return { stderr: `cut: only one list may be specified\n${HINT}`, exit: 1 }
    if (list === undefined)
      return { stderr: `cut: you must specify a list of bytes, characters, or fields\n${HINT}`, exit: 1 }
    if ([...(options.get('delimiter')?.at(-1) ?? 'x')].length > 1)
      return { stderr: `cut: the delimiter must be a single character\n${HINT}`, exit: 1 }
    const ranges = rangesOf(list, options.has('fields'))
    if (typeof ranges === 'string') return { stderr: ranges, exit: 1 }
    const cutLine = cutterOf(read, ranges)
    const { inputs, stderr, exit } = readInputs(call, words)
    const end = options.has('zero') ? '\0' : '\n'
    const rows = inputs.flatMap(({ text }) => linesOf(text, end)).map(cutLine)
    return { stdout: rows.map(row => (row === undefined ? '' : `${row}${end}`)).join(''), stderr, exit }
  },
}
