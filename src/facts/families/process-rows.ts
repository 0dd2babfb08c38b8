import { parseNumber } from '../text/number.ts'

// `ps -e` prints the names of kernel threads without brackets.
const kernelThread = /^(?:kworker|migration|ksoftirqd|cpuhp|idle_inject|irq|jbd2|watchdog)\//

/** The program that a command line runs, without its path and arguments; kernel threads keep their brackets, what is dead does not. */
export const programOf = (command: string): string => {
  const dead = /^\[([^\]]+)\] <defunct>$/.exec(command)?.[1]
  if (dead !== undefined || command.startsWith('[')) return dead ?? command
  // busybox puts the name before the words where they differ: `{nginx} nginx: worker`.
  const named = /^\{([^{}]+)\} /.exec(command)?.[1]
  if (named !== undefined) return named
  const [first = ''] = command.replace(/^[-\\_| ]+/, '').split(/\s+/)
  if (kernelThread.test(first)) return first
  return first.slice(first.lastIndexOf('/') + 1).replace(/:$/, '')
}

/** A command line without the branches that `ps f` and `ps --forest` draw in front of it. */
export const withoutBranches = (command: string): string =>
  command.replace(/^(?:[|`\s]*\\_ |[|`\s]+(?=\S))/, '')

/** A memory cell of ps or top in bytes: plain numbers are KiB, top also writes `1.2g`. */
export const memoryCell = (text: string | undefined): number | undefined => {
  const match = /^([\d.,]+)([kmgtp]?)$/i.exec(text ?? '')
  const digits = parseNumber(match?.[1])
  if (match === null || digits === undefined) return undefined
  const power = 'kmgtp'.indexOf((match[2] || 'k').toLowerCase()) + 1
  return Math.round(digits * 1024 ** power)
}

// From an hour on busybox leaves the seconds away, from a day on the minutes: `1h12`, `3d04`.
const coarseSpan = (text: string): number | undefined => {
  const match = /^(\d+)([dh])(\d{2})$/.exec(text)
  if (match === null) return undefined
  const [, whole, unit, rest] = match
  return unit === 'd' ? Number(whole) * 86400 + Number(rest) * 3600 : Number(whole) * 3600 + Number(rest) * 60
}

/** A span such as `1-02:03:04`, `00:04`, `0:04.5`, `1h12` or `598` (seconds alone) in seconds; `undefined` when it is none. */
export const spanSeconds = (text: string | undefined): number | undefined => {
  const coarse = coarseSpan(text ?? '')
  if (coarse !== undefined) return coarse
  const match = /^(?:(\d+)-)?(?:(\d+):)?(?:(\d+):)?(\d+(?:\.\d+)?)$/.exec(text ?? '')
  if (match === null) return undefined
  const [days, first, second, seconds] = match.slice(1).map(part => Number(part ?? 0))
  const [hours, minutes] = match[3] === undefined ? [0, first] : [first, second]
  return ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds)
}
