import { type Process, processesOf } from '../../relations/processes.ts'
import { everywhere, type Program, type Reply } from '../../shell/program.ts'
import { readOptions } from '../../text/read-options.ts'

/** One pid alone; those that are left out; what stands between them; silent; and what changes nothing here. */
const table = { s: 's', o: 'o=', S: 'S=', q: 'q', c: 'c', n: 'n', x: 'x', z: 'z', w: 'w' }

/** pidof goes by the program's file, whose name may be longer than the kernel keeps. */
const isRunBy = (word: string, { name, command }: Process): boolean => {
  const program = command.split(' ')[0] ?? ''
  return word === name || word === program || word === program.slice(program.lastIndexOf('/') + 1)
}

/** pidof(8): pids by the name of the program, the youngest first. */
export const pidof: Program = {
  names: ['pidof'],
  isInstalled: everywhere,
  run: ({ world, machine, args }): Reply => {
    const { options, words } = readOptions(table, args)
    const omitted = (options.get('o') ?? []).flatMap(list => list.split(','))
    const pids = processesOf(world, machine)
      .filter(process => words.some(word => isRunBy(word, process)))
      .map(({ pid }) => String(pid))
      .filter(pid => !omitted.includes(pid))
      .reverse()
    if (pids.length === 0) return { exit: 1 }
    const shown = options.has('s') ? pids.slice(0, 1) : pids
    return options.has('q') ? {} : { stdout: `${shown.join(options.get('S')?.at(-1) ?? ' ')}\n` }
  },
}
