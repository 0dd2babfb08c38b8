import type { Process } from '../../relations/processes.ts'
import type { Reply } from '../../shell/program.ts'
import { asText } from '../../text/columns.ts'

const known = [
  'user',
  'group',
  'comm',
  'args',
  'pid',
  'ppid',
  'pgid',
  'tty',
  'vsz',
  'sid',
  'stat',
  'rss',
] as const
type Column = (typeof known)[number]

const timeText = (ms: number): string => {
  const minutes = Math.floor(ms / 60_000)
  return minutes < 100
    ? `${minutes}:${String(Math.floor(ms / 1000) % 60).padStart(2, '0')}`
    : `${Math.floor(minutes / 60)}h${String(minutes % 60).padStart(2, '0')}`
}

const widths: Partial<Record<Column, number>> = { user: 8, group: 8, comm: 16, pid: 5, ppid: 5, stat: 4 }

const cellOf = (process: Process, column: Column): string => {
  const cells: Record<Column, string> = {
    user: process.user,
    group: process.user,
    comm: process.name,
    args: process.command,
    pid: String(process.pid),
    ppid: String(process.parentPid),
    pgid: String(process.pid),
    tty: '?',
    vsz: `${Math.round(process.virtualBytes / 1024 ** 2)}m`,
    sid: String(process.pid),
    stat: process.state[0] ?? 'S',
    rss: `${Math.round(process.memoryBytes / 1024 ** 2)}m`,
  }
  return cells[column].padEnd(widths[column] ?? 5)
}

const isKnown = (word: string): word is Column => known.some(column => column === word)

/** ps of busybox: all processes of its namespace, whatever BSD's letters say. */
export const busyboxPs = (args: readonly string[], processes: readonly Process[]): Reply => {
  const at = args.findIndex(word => word.startsWith('-o'))
  if (at < 0)
    return {
      stdout: asText([
        'PID   USER     TIME  COMMAND',
        ...processes.map(
          ({ pid, user, cpuMs, command }) =>
            `${String(pid).padStart(5)} ${user.slice(0, 8).padEnd(8)} ${timeText(cpuMs).padStart(5)} ${command}`,
        ),
      ]),
    }
  const columns = (args[at]?.slice(2) || (args[at + 1] ?? '')).split(',').map(word => word.replace(/=.*/, ''))
  const wrong = columns.find(word => !isKnown(word))
  if (wrong !== undefined)
    return { stderr: `ps: bad -o argument '${wrong}', supported arguments: ${known.join(',')}\n`, exit: 1 }
  const head = columns.map(word => word.toUpperCase().replace('COMM', 'COMMAND').replace('ARGS', 'COMMAND'))
  return {
    stdout: asText([
      head
        .map((word, index) => word.padEnd(widths[columns[index] as Column] ?? 5))
        .join(' ')
        .trimEnd(),
      ...processes.map(process =>
        columns
          .filter(isKnown)
          .map(column => cellOf(process, column))
          .join(' ')
          .trimEnd(),
      ),
    ]),
  }
}
