import { everywhere, type Program, type Reply } from '../../shell/program.ts'
import { type OptionTable, readOptions, unknownOption } from '../../text/read-options.ts'

const table: OptionTable = {
  m: 'mode=',
  mode: 'mode=',
  p: 'parents',
  parents: 'parents',
  v: 'verbose',
  verbose: 'verbose',
  Z: 'context',
}

/** mkdir(1): the shell's own, which takes no mode. */
export const mkdir: Program = {
  names: ['mkdir'],
  isInstalled: everywhere,
  run: async ({ args, passage }): Promise<Reply> => {
    const read = readOptions(table, args)
    const problem = unknownOption('mkdir', read)
    if (problem !== undefined) return { stderr: problem, exit: 1 }
    const { options, words } = read
    const flags = [...(options.has('parents') ? ['-p'] : []), ...(options.has('verbose') ? ['-v'] : [])]
    const reply = await passage.original([...flags, ...words])
    const mode = options.get('mode')?.at(-1)
    if (mode === undefined || (reply.exit ?? 0) !== 0) return reply
    const changed = await passage.runHere(['chmod', mode, ...words])
    return (changed.exit ?? 0) === 0 ? reply : { stderr: `mkdir: invalid mode '${mode}'\n`, exit: 1 }
  },
}
