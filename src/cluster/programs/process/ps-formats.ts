import type { Process } from '../../relations/processes.ts'
import { threadNumbers } from '../../relations/thread-numbers.ts'
import type { PsRequest } from './ps-request.ts'

const formats: Readonly<Record<PsRequest['format'], readonly string[]>> = {
  aux: ['user', 'pid', '%cpu', '%mem', 'vsz', 'rss', 'tty', 'stat', 'start', 'bsdtime', 'args'],
  ef: ['uidname', 'pid', 'ppid', 'c', 'stime', 'tty', 'cputime', 'cmd'],
  e: ['pid', 'tty', 'cputime', 'commname'],
  own: ['pid', 'tty', 'cputime', 'commname'],
  ax: ['pid', 'tty', 'stat', 'bsdtime', 'args'],
}

/** The columns of a format, with those of threads where these are asked for. */
export const columnsOf = ({ format, threads }: PsRequest): readonly string[] => {
  const names = formats[format] ?? []
  if (threads === undefined) return names
  return names.flatMap(name => {
    if (format === 'ef') return name === 'ppid' ? [name, threads] : name === 'c' ? [name, 'nlwp'] : [name]
    return name === 'pid' ? [name, threads] : [name]
  })
}

/** Each of the processes that were found among all once for each of its threads. */
export const threadsIn = (found: readonly Process[], all: readonly Process[]): readonly Process[] => {
  const numbers = threadNumbers(all)
  return found.flatMap(process =>
    (numbers.get(process.pid) ?? [process.pid]).map(thread => ({
      ...process,
      thread,
      cpuMs: thread === process.pid ? process.cpuMs : 0,
    })),
  )
}
