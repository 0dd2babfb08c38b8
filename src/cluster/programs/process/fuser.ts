import { resolvePath } from '../../files/paths.ts'
import { filesystemOf } from '../../relations/filesystem-use.ts'
import { listenersOf } from '../../relations/listeners.ts'
import { openFilesOf } from '../../relations/open-files.ts'
import { processesOf } from '../../relations/processes.ts'
import { onMachines, type Program, type Reply } from '../../shell/program.ts'
import { signalProcess } from '../../systemd/signal-process.ts'

/** fuser(1): the processes that use a file, a mount or a port; `-k` kills them. */
export const fuser: Program = {
  names: ['fuser'],
  isInstalled: onMachines,
  run: (call): Reply => {
    const { args, world, machine, cwd } = call
    const lines: string[] = []
    let stderr = ''
    for (const word of args.filter(arg => !arg.startsWith('-'))) {
      const port = /^(\d+)\/(tcp|udp)$/.exec(word)
      const onMount = args.some(arg => /^-\w*[mM]/.test(arg))
      const path = resolvePath(cwd, word)
      const found = processesOf(world, machine).filter(process =>
        port !== null
          ? listenersOf(world, machine).some(
              ({ pid, listener }) =>
                pid === process.pid && listener.port === Number(port[1]) && listener.protocol === port[2],
            )
          : openFilesOf(machine, process).some(
              file => file === path || (onMount && filesystemOf(machine, file)?.mount === path),
            ),
      )
      if (found.length === 0) continue
      stderr += `${`${word}:`.padEnd(21)}`
      lines.push(found.map(({ pid }) => String(pid).padStart(6)).join(''))
      if (args.some(arg => /^-\w*k/.test(arg)))
        for (const process of found) signalProcess(world, machine, { process, signal: 'KILL' })
    }
    return lines.length === 0 ? { exit: 1 } : { stdout: lines.join(''), stderr: `${stderr}\n` }
  },
}
