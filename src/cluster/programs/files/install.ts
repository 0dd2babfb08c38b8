import { findNode } from '../../files/look-up.ts'
import { baseName, resolvePath } from '../../files/paths.ts'
import { type Call, onMachines, type Program, type Reply } from '../../shell/program.ts'
import { type OptionTable, readOptions, unknownOption } from '../../text/read-options.ts'

const table: OptionTable = {
  b: 'backup',
  c: 'ignored',
  C: 'compare',
  d: 'directory',
  directory: 'directory',
  D: 'leading',
  g: 'group=',
  group: 'group=',
  m: 'mode=',
  mode: 'mode=',
  o: 'owner=',
  owner: 'owner=',
  p: 'preserve-timestamps',
  s: 'strip',
  S: 'suffix=',
  t: 'target-directory=',
  'target-directory': 'target-directory=',
  T: 'no-target-directory',
  v: 'verbose',
  verbose: 'verbose',
}

/** Runs programs one after another, for as long as they succeed. */
const inTurn = async ({ passage }: Call, lines: readonly (readonly string[])[]): Promise<Reply> => {
  let stdout = ''
  for (const words of lines) {
    const reply = await passage.runHere(words)
    stdout += reply.stdout ?? ''
    if ((reply.exit ?? 0) !== 0)
      return { ...reply, stdout, stderr: (reply.stderr ?? '').replace(/^(cp|mkdir|chown): /gm, 'install: ') }
  }
  return { stdout }
}

/** install(1): copies, with mode and owner; or makes folders. */
export const install: Program = {
  names: ['install'],
  isInstalled: onMachines,
  run: async (call): Promise<Reply> => {
    const read = readOptions(table, call.args)
    const problem = unknownOption('install', read)
    if (problem !== undefined) return { stderr: problem, exit: 1 }
    const { options, words } = read
    const value = (name: string): string | undefined => options.get(name)?.at(-1)
    if (words.length === 0)
      return {
        stderr: "install: missing file operand\nTry 'install --help' for more information.\n",
        exit: 1,
      }
    const owned = (places: readonly string[]): readonly (readonly string[])[] => [
      ['chmod', value('mode') ?? '755', ...places],
      ...(options.has('owner') ? [['chown', value('owner') ?? '', ...places]] : []),
      ...(options.has('group') ? [['chgrp', value('group') ?? '', ...places]] : []),
    ]
    if (options.has('directory')) return await inTurn(call, [['mkdir', '-p', ...words], ...owned(words)])
    const given = value('target-directory')
    const target = given ?? words.at(-1) ?? ''
    const sources = given === undefined ? words.slice(0, -1) : words
    const isFolder = findNode(call, resolvePath(call.cwd, target), 'links')?.kind === 'directory'
    const places = sources.map(source =>
      isFolder || given !== undefined ? `${target.replace(/\/$/, '')}/${baseName(source)}` : target,
    )
    const above = target.replace(/\/[^/]*$/, '')
    return await inTurn(call, [
      ...(options.has('leading') && above !== '' ? [['mkdir', '-p', given ?? above]] : []),
      ['cp', '-f', ...(options.has('verbose') ? ['-v'] : []), ...sources, target],
      ...owned(places),
    ])
  },
}
