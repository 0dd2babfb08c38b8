import { resolvePath } from '../../files/paths.ts'
import { filesystemOf } from '../../relations/filesystem-use.ts'
import { listenersOf } from '../../relations/listeners.ts'
import { openFilesOf } from '../../relations/open-files.ts'
import { type Process, processesOf } from '../../relations/processes.ts'
import { onMachines, type Program, type Reply } from '../../shell/program.ts'
import { signalProcess } from '../../systemd/signal-process.ts'

const HEAD = `${' '.repeat(21)}USER        PID ACCESS COMMAND\n`

/** What `-v` shows of the processes that use a file, a mount or a port. */
const table = (
  word: string,
  { found, isMount }: { readonly found: readonly Process[]; readonly isMount: boolean },
): string => {
  const rows = [
    ...(isMount ? [`${'root'.padEnd(8)} kernel mount ${word}`] : []),
    ...found.map(
      ({ user, pid, name }) => `${user.slice(0, 8).padEnd(8)} ${String(pid).padStart(6)} F.... ${name}`,
    ),
  ]
  return `${HEAD}${rows.map((row, at) => `${(at === 0 ? `${word}:` : '').padEnd(21)}${row}\n`).join('')}`
}

/** What is asked for; `-n tcp 80` is `80/tcp`. */
const wordsIn = (args: readonly string[]): readonly string[] => {
  const at = args.findIndex(arg => /^-\w*n$|^--namespace$/.test(arg))
  const space = at === -1 ? undefined : args[at + 1]
  const words = args.filter((arg, place) => !arg.startsWith('-') && (at === -1 || place !== at + 1))
  return space === 'tcp' || space === 'udp' ? words.map(word => `${word}/${space}`) : words
}

/** fuser(1): the processes that use a file, a mount or a port; `-k` kills them. */
export const fuser: Program = {
  names: ['fuser'],
  isInstalled: onMachines,
  run: (call): Reply => {
    const { args, world, machine, cwd } = call
    const lines: string[] = []
    let stderr = ''
    for (const word of wordsIn(args)) {
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
      if (args.some(arg => /^-\w*v|^--verbose/.test(arg))) {
        stderr += table(word, { found, isMount: onMount && port === null })
      } else {
        stderr += `${word}:`.padEnd(21)
        lines.push(found.map(({ pid }) => String(pid).padStart(6)).join(''))
      }
      if (args.some(arg => /^-\w*k/.test(arg)))
        for (const process of found) signalProcess(world, machine, { process, signal: 'KILL' })
    }
    if (stderr === '') return { exit: 1 }
    return { stdout: lines.join(''), stderr: `${stderr.trimEnd()}\n` }
  },
}
