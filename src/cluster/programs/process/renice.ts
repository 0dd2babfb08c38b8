import { processesOf } from '../../relations/processes.ts'
import { onMachines, type Program, type Reply } from '../../shell/program.ts'
import { asText } from '../../text/columns.ts'

/** renice(1): how a process stands back behind others, while it runs. */
export const renice: Program = {
  names: ['renice'],
  isInstalled: onMachines,
  run: ({ world, machine, args, user }): Reply => {
    const words = args.filter(word => !/^(-n|-p|--priority|--pid|-g|-u)$/.test(word))
    const [priority, ...pids] = words
    if (priority === undefined || pids.length === 0)
      return { stderr: "renice: not enough arguments\nTry 'renice --help' for more information.\n", exit: 1 }
    if (!/^[+-]?\d+$/.test(priority))
      return {
        stderr: `renice: invalid priority '${priority}'\nTry 'renice --help' for more information.\n`,
        exit: 1,
      }
    const wanted = Math.max(-20, Math.min(19, Number(priority)))
    const lines: string[] = []
    const errors: string[] = []
    for (const word of pids) {
      const process = processesOf(world, machine).find(({ pid }) => pid === Number(word))
      const before = process?.free?.nice ?? 0
      if (process === undefined)
        errors.push(`renice: failed to get priority for ${word} (process ID): No such process`)
      else if (user !== 'root' && wanted < before)
        errors.push(`renice: failed to set priority for ${word} (process ID): Permission denied`)
      else {
        const free = machine.processes.find(({ pid }) => pid === process.pid)
        if (free !== undefined) free.nice = wanted
        lines.push(`${word} (process ID) old priority ${before}, new priority ${wanted}`)
      }
    }
    return { stdout: asText(lines), stderr: asText(errors), exit: errors.length > 0 ? 1 : 0 }
  },
}
