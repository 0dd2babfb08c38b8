import { everywhere, type Program, type Reply } from '../../shell/program.ts'
import { type OptionTable, readOptions, unknownOption } from '../../text/read-options.ts'

const table: OptionTable = {
  0: 'null',
  null: 'null',
  a: 'arg-file=',
  d: 'delimiter=',
  delimiter: 'delimiter=',
  E: 'eof=',
  I: 'replace=',
  replace: 'replace?',
  i: 'replace?',
  L: 'lines=',
  'max-lines': 'lines?',
  n: 'args=',
  'max-args': 'args=',
  o: 'open-tty',
  P: 'procs=',
  'max-procs': 'procs=',
  p: 'interactive',
  r: 'no-run',
  'no-run-if-empty': 'no-run',
  s: 'chars=',
  'max-chars': 'chars=',
  t: 'verbose',
  verbose: 'verbose',
  x: 'exit',
  exit: 'exit',
}

const withValue = /^-[aIdELnPs]$/

/** Options end at the first operand: what follows belongs to the command. */
const splitArgs = (args: readonly string[]): readonly [readonly string[], readonly string[]] => {
  let at = 0
  while (args[at]?.startsWith('-') === true && args[at] !== '--') at += withValue.test(args[at] ?? '') ? 2 : 1
  return [args.slice(0, at), args.slice(args[at] === '--' ? at + 1 : at)]
}

const itemsOf = (text: string, options: ReadonlyMap<string, readonly string[]>): readonly string[] => {
  if (options.has('null')) return text.split('\0').filter(item => item !== '')
  const delimiter = options.get('delimiter')?.at(-1)
  if (delimiter !== undefined)
    return text
      .replace(/\n$/, '')
      .split(delimiter.replace('\\n', '\n').replace('\\t', '\t'))
      .filter(item => item !== '')
  if (options.has('replace') || options.has('lines'))
    return text
      .split('\n')
      .map(line => line.trim())
      .filter(line => line !== '')
  return [...text.matchAll(/"([^"]*)"|'([^']*)'|((?:\\.|\S)+)/g)].map(
    found => found[1] ?? found[2] ?? (found[3] ?? '').replace(/\\(.)/g, '$1'),
  )
}

const batches = (items: readonly string[], size: number): readonly (readonly string[])[] => {
  const all: (readonly string[])[] = []
  for (let at = 0; at < items.length; at += size) all.push(items.slice(at, at + size))
  return all
}

const commandsFor = (
  command: readonly string[],
  items: readonly string[],
  options: ReadonlyMap<string, readonly string[]>,
): readonly (readonly string[])[] => {
  const replace = options.has('replace') ? options.get('replace')?.at(-1) || '{}' : undefined
  if (replace !== undefined) return items.map(item => command.map(word => word.replaceAll(replace, item)))
  const size = Number(options.get('args')?.at(-1) ?? (options.get('lines')?.at(-1) || 5_000))
  const isEmpty = items.length === 0
  return isEmpty
    ? options.has('no-run')
      ? []
      : [command]
    : batches(items, size).map(batch => [...command, ...batch])
}

/** xargs(1) of GNU findutils. */
export const xargs: Program = {
  names: ['xargs'],
  isInstalled: everywhere,
  run: async ({ args, stdin, passage }): Promise<Reply> => {
    const [own, words] = splitArgs(args)
    const read = readOptions(table, own)
    const problem = unknownOption('xargs', read)
    if (problem !== undefined) return { stderr: problem, exit: 1 }
    const command = words.length === 0 ? ['echo'] : words
    let stdout = ''
    let stderr = ''
    let exit = 0
    for (const each of commandsFor(command, itemsOf(stdin, read.options), read.options)) {
      if (read.options.has('verbose')) stderr += `${each.join(' ')}\n`
      const reply = await passage.runHere(each)
      stdout += reply.stdout ?? ''
      stderr += (reply.stderr ?? '').replace(
        /^bash: (.*): command not found$/m,
        'xargs: $1: No such file or directory',
      )
      const status = reply.exit ?? 0
      if (status === 127 || status === 126) exit = status
      else if (status !== 0 && exit === 0) exit = status === 255 ? 124 : 123
    }
    return { stdout, stderr, exit, tookMs: 5 }
  },
}
