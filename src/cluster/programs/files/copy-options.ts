import type { Call } from '../../shell/program.ts'
import { type OptionTable, type ReadOptions, readOptions, unknownOption } from '../../text/read-options.ts'

/** What cp, mv, ln and install take alike: where to, and what happens to what is there. */
export const sharedOptions: OptionTable = {
  b: 'backup?',
  backup: 'backup?',
  f: 'force',
  force: 'force',
  i: 'interactive',
  interactive: 'interactive',
  S: 'suffix=',
  suffix: 'suffix=',
  t: 'target-directory=',
  'target-directory': 'target-directory=',
  T: 'no-target-directory',
  'no-target-directory': 'no-target-directory',
  v: 'verbose',
  verbose: 'verbose',
}

/** What cp and mv take beside. */
export const movingOptions: OptionTable = {
  ...sharedOptions,
  n: 'no-clobber',
  'no-clobber': 'no-clobber',
  u: 'update',
  update: 'update?',
  'strip-trailing-slashes': 'strip-trailing-slashes',
  Z: 'context',
  context: 'context?',
}

/** A command line of such a program: what is to go where. */
export type Transfer = {
  readonly options: ReadOptions['options']
  readonly sources: readonly string[]
  readonly target: string
  /** Whether the sources go into the target, by what was said, whatever is there. */
  readonly isInto: boolean
}

/** Reads a command line of cp, mv, ln or install; a text is what is wrong with it. */
export const readTransfer = (table: OptionTable, { name, args }: Call): Transfer | string => {
  const read = readOptions(table, args)
  const problem = unknownOption(name, read)
  if (problem !== undefined) return problem
  const { options, words } = read
  const hint = `Try '${name} --help' for more information.\n`
  const folder = options.get('target-directory')?.at(-1)
  if (words.length === 0) return `${name}: missing file operand\n${hint}`
  if (folder !== undefined) return { options, sources: words, target: folder, isInto: true }
  const target = words.at(-1) ?? ''
  if (words.length === 1) return `${name}: missing destination file operand after '${target}'\n${hint}`
  const isExact = options.has('no-target-directory')
  if (isExact && words.length > 2) return `${name}: extra operand '${words[2]}'\n${hint}`
  return { options, sources: words.slice(0, -1), target, isInto: words.length > 2 }
}
