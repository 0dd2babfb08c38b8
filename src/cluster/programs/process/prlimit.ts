import { textsOfProcess } from '../../files/proc-process.ts'
import { type Process, processesOf } from '../../relations/processes.ts'
import { type Call, onMachines, type Program, type Reply } from '../../shell/program.ts'
import { alignColumns, asText } from '../../text/columns.ts'

/** The name that prlimit(1) has for each limit of /proc/PID/limits, and what it says of it. */
const resources: readonly (readonly [name: string, limit: string, description: string])[] = [
  ['AS', 'address space', 'address space limit'],
  ['CORE', 'core file size', 'max core file size'],
  ['CPU', 'cpu time', 'CPU time'],
  ['DATA', 'data size', 'max data size'],
  ['FSIZE', 'file size', 'max file size'],
  ['LOCKS', 'file locks', 'max number of file locks held'],
  ['MEMLOCK', 'locked memory', 'max locked-in-memory address space'],
  ['MSGQUEUE', 'msgqueue size', 'max bytes in POSIX mqueues'],
  ['NICE', 'nice priority', 'max nice prio allowed to raise'],
  ['NOFILE', 'open files', 'max number of open files'],
  ['NPROC', 'processes', 'max number of processes'],
  ['RSS', 'resident set', 'max resident set size'],
  ['RTPRIO', 'realtime priority', 'max real-time priority'],
  ['RTTIME', 'realtime timeout', 'timeout for real-time tasks'],
  ['SIGPENDING', 'pending signals', 'max number of pending signals'],
  ['STACK', 'stack size', 'max stack size'],
]

const HEAD = ['RESOURCE', 'DESCRIPTION', 'SOFT', 'HARD', 'UNITS'] as const

const limitsOf = (call: Call, process: Process): ReadonlyMap<string, readonly string[]> =>
  new Map(
    (textsOfProcess.limits?.(process, call) ?? '').split('\n').map(line => {
      const [name = '', ...values] = line
        .replace(/^Max /, '')
        .trim()
        .split(/\s{2,}/)
      return [name, values]
    }),
  )

const pidOf = ({ args }: Call): number | undefined => {
  const at = args.findIndex(arg => arg === '-p' || arg === '--pid')
  const written = at < 0 ? args.find(arg => arg.startsWith('--pid='))?.slice(6) : args[at + 1]
  return written === undefined ? undefined : Number(written)
}

/** prlimit(1): the limits of a process, as /proc tells them. */
export const prlimit: Program = {
  names: ['prlimit'],
  isInstalled: onMachines,
  run: (call): Reply => {
    const pid = pidOf(call) ?? 1
    const process = processesOf(call.world, call.machine).find(each => each.pid === pid)
    if (process === undefined)
      return { stderr: 'prlimit: failed to get resource limits: No such process\n', exit: 1 }
    const limits = limitsOf(call, process)
    const asked = new Set(call.args.flatMap(arg => /^--(\w+)$/.exec(arg)?.[1]?.toUpperCase() ?? []))
    const isNarrowed = resources.some(([name]) => asked.has(name))
    const rows = resources
      .filter(([name]) => !isNarrowed || asked.has(name))
      .map(([name, limit, description]) => {
        const [soft = '', hard = '', units = ''] = limits.get(limit) ?? []
        return [name, description, soft, hard, units]
      })
    return {
      stdout: asText(alignColumns([HEAD, ...rows], { alignments: ['left', 'left', 'right', 'right'] })),
    }
  },
}
