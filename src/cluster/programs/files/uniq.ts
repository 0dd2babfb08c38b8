import { everywhere, type Program, type Reply } from '../../shell/program.ts'
import { type OptionTable, type ReadOptions, readOptions, unknownOption } from '../../text/read-options.ts'
import { linesOf, readInputs } from './inputs.ts'

const table: OptionTable = {
  c: 'count',
  count: 'count',
  d: 'repeated',
  repeated: 'repeated',
  D: 'all',
  'all-repeated': 'all',
  f: 'fields=',
  'skip-fields': 'fields=',
  i: 'case',
  'ignore-case': 'case',
  s: 'skip=',
  'skip-chars': 'skip=',
  u: 'unique',
  unique: 'unique',
  w: 'width=',
  'check-chars': 'width=',
  z: 'zero',
  'zero-terminated': 'zero',
}

/** What of a line is compared. */
const keyOf = ({ options }: ReadOptions): ((line: string) => string) => {
  const number = (name: string): number | undefined => {
    const value = options.get(name)?.at(-1)
    return value === undefined ? undefined : Number(value)
  }
  const fields = new RegExp(`^(?:\\s*\\S+){0,${number('fields') ?? 0}}`)
  const [skipped, width] = [number('skip') ?? 0, number('width')]
  return line => {
    const rest = line.replace(fields, '').slice(skipped)
    const part = width === undefined ? rest : rest.slice(0, width)
    return options.has('case') ? part.toLowerCase() : part
  }
}

/** uniq(1) of GNU coreutils: lines that follow each other and are the same, as one. */
export const uniq: Program = {
  names: ['uniq'],
  isInstalled: everywhere,
  run: (call): Reply => {
    const read = readOptions(table, call.args)
    const { options, words } = read
    const problem = unknownOption('uniq', read)
    if (problem !== undefined) return { stderr: problem, exit: 1 }
    const { inputs, stderr, exit } = readInputs(call, words.slice(0, 1))
    const end = options.has('zero') ? '\0' : '\n'
    const key = keyOf(read)
    const groups: string[][] = []
    for (const line of inputs.flatMap(({ text }) => linesOf(text, end))) {
      const last = groups.at(-1)
      if (last !== undefined && key(last[0] ?? '') === key(line)) last.push(line)
      else groups.push([line])
    }
    const kept = groups
      .filter(({ length }) => (!options.has('repeated') && !options.has('all')) || length > 1)
      .filter(({ length }) => !options.has('unique') || length === 1)
    const rows = kept.flatMap(group =>
      (options.has('all') ? group : group.slice(0, 1)).map(line => ({ line, count: group.length })),
    )
    const stdout = rows
      .map(({ line, count }) => `${options.has('count') ? `${String(count).padStart(7)} ` : ''}${line}${end}`)
      .join('')
    return { stdout, stderr, exit }
  },
}
