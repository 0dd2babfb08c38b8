/** The levels that programs of a cluster use, most severe first. */
export type LogLevel = 'fatal' | 'error' | 'warning' | 'info' | 'debug'

const words: Readonly<Record<string, LogLevel>> = {
  f: 'fatal',
  fatal: 'fatal',
  panic: 'fatal',
  dpanic: 'fatal',
  critical: 'fatal',
  crit: 'fatal',
  c: 'fatal',
  emerg: 'fatal',
  alert: 'fatal',
  e: 'error',
  err: 'error',
  error: 'error',
  w: 'warning',
  warn: 'warning',
  warning: 'warning',
  i: 'info',
  info: 'info',
  n: 'info',
  notice: 'info',
  d: 'debug',
  debug: 'debug',
  trace: 'debug',
}

// klog, logfmt, JSON, capnslog (etcd before 3.5), bracketed words (salt, coredns, calico, haproxy) and containerd's or Go's own.
const forms: readonly RegExp[] = [
  /^([EWIF])\d{4} \d\d:\d\d:\d\d\.\d+ /,
  /\blevel=["']?(\w+)/,
  /"(?:level|severity|lvl)"\s*:\s*"(\w+)"/,
  /^\d{4}[-/]\d\d[-/]\d\d \d\d:\d\d:\d\d\.\d+ ([EWIDNC]) \| /,
  /^.{0,80}?\[(EMERG|ALERT|FATAL|CRITICAL|CRIT|ERROR|WARN(?:ING)?|NOTICE|INFO|DEBUG|TRACE) *\]/i,
  /^\S+[T ]\S+ (?:\[[\w.-]+\] )?(FATAL|ERROR|WARN(?:ING)?|INFO|DEBUG)\b/,
]

/** The level that a log message gives itself, whatever its format; `undefined` when it names none. */
export const logLevelOf = (message: string): LogLevel | undefined => {
  for (const form of forms) {
    const word = form.exec(message)?.[1]
    if (word !== undefined) return words[word.toLowerCase()]
  }
  return undefined
}
