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
  severe: 'fatal',
  ftl: 'fatal',
  emerg: 'fatal',
  alert: 'fatal',
  e: 'error',
  err: 'error',
  error: 'error',
  eror: 'error',
  fail: 'error',
  w: 'warning',
  warn: 'warning',
  wrn: 'warning',
  warning: 'warning',
  i: 'info',
  inf: 'info',
  info: 'info',
  information: 'info',
  n: 'info',
  notice: 'info',
  note: 'info',
  system: 'info',
  log: 'info',
  d: 'debug',
  dbg: 'debug',
  debug: 'debug',
  trace: 'debug',
  // As pino and bunyan count them.
  60: 'fatal',
  50: 'error',
  40: 'warning',
  30: 'info',
  20: 'debug',
  10: 'debug',
}

// klog, logfmt, JSON, capnslog (etcd before 3.5), bracketed words (salt, coredns, calico, haproxy), ClickHouse, Telegraf, Ruby, Tornado, .NET
// tabs (zap, istio) and bars (loguru, winston); a tool's last words; then the word in capitals that stands near a time, a thread or the line's beginning.
const forms: readonly RegExp[] = [
  /^([EWIF])\d{4} \d\d:\d\d:\d\d\.\d+ /,
  /\b(?:level|lvl|severity)=["']?(\w+)/,
  /"(?:level|severity|lvl|levelname|log\.?level|@l)"\s*:\s*"?(\w+)/i,
  /^\{.*"s":"([EWIF])"/,
  /^\d{4}[-/]\d\d[-/]\d\d \d\d:\d\d:\d\d\.\d+ ([EWIDNC]) \| /,
  /^.{0,80}?\[(EMERG|ALERT|FATAL|CRITICAL|CRIT|ERROR|WARN(?:ING)?|NOTICE|NOTE|SYSTEM|INFO|DEBUG|TRACE) *\]/i,
  /^.{0,80}?<(Fatal|Critical|Error|Warning|Notice|Information|Debug|Trace)> /,
  /^\S+ ([EWID])! /,
  /^([EWIDF]), \[/,
  /^\[([EWICD]) \d/,
  /^(fail|crit|warn|info): \S+\[\d+\]/,
  /^\S+\t(fatal|error|warn(?:ing)?|info|debug)\t/i,
  /^\[[^\]]{8,40}\] ?(error|warn(?:ing)?|info|debug): /i,
  /^\s*[\w.-]+:(error|warn|info|debug) \d/,
  /^\d{4}-\d\d-\d\d\S*(?: \d\d:\S+)? (error|warn(?:ing)?|info|debug): /,
  /^\d{4}-\d\d-\d\d\S+(?: \S+)? \| (error|warn(?:ing)?|info|debug) *\| /i,
  /^(?:[\w./-]+: )?(?:an )?(fatal|critical|error|warning)(?: error| occurred)?: /i,
  /^(?=[[({<\d]|[A-Z]+[ :,[\t]).{0,100}?(?<![\w./-])(FATAL|CRITICAL|SEVERE|ERROR|WARN(?:ING)?|NOTICE|INFO|DEBUG|TRACE|FTL|ERR|WRN|INF|DBG|LOG(?=: {2}))(?![\w.=-]|\/[^A-Z])/,
]

/** The level that a log message gives itself, whatever its format; `undefined` when it names none. */
export const logLevelOf = (message: string): LogLevel | undefined => {
  for (const form of forms) {
    const word = form.exec(message)?.[1]
    if (word !== undefined) return words[word.toLowerCase()]
  }
  return undefined
}
