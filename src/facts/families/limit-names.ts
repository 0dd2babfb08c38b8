/** A resource limit: the letter of ulimit, its name in bash, and how dash and /proc call it. */
export type LimitName = {
  readonly option: string
  readonly name: string
  readonly dash?: string
  readonly proc?: string
}

/** The limits of a process, by the names that bash gives them. */
export const limitNames: readonly LimitName[] = [
  { option: 'R', name: 'real-time non-blocking time', proc: 'Max realtime timeout' },
  { option: 'c', name: 'core file size', dash: 'coredump', proc: 'Max core file size' },
  { option: 'd', name: 'data seg size', dash: 'data', proc: 'Max data size' },
  { option: 'e', name: 'scheduling priority', proc: 'Max nice priority' },
  { option: 'f', name: 'file size', dash: 'file', proc: 'Max file size' },
  { option: 'i', name: 'pending signals', proc: 'Max pending signals' },
  { option: 'l', name: 'max locked memory', dash: 'locked memory', proc: 'Max locked memory' },
  { option: 'm', name: 'max memory size', dash: 'memory', proc: 'Max resident set' },
  { option: 'n', name: 'open files', dash: 'nofiles', proc: 'Max open files' },
  { option: 'p', name: 'pipe size' },
  { option: 'q', name: 'POSIX message queues', proc: 'Max msgqueue size' },
  { option: 'r', name: 'real-time priority', dash: 'rtprio', proc: 'Max realtime priority' },
  { option: 's', name: 'stack size', dash: 'stack', proc: 'Max stack size' },
  { option: 't', name: 'cpu time', dash: 'time', proc: 'Max cpu time' },
  { option: 'u', name: 'max user processes', dash: 'process', proc: 'Max processes' },
  { option: 'v', name: 'virtual memory', dash: 'vmemory', proc: 'Max address space' },
  { option: 'x', name: 'file locks', dash: 'locks', proc: 'Max file locks' },
]
