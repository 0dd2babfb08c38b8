import { parseNumber } from '../text/number.ts'

/** The program that a command line runs, without its path and arguments; kernel threads keep their brackets. */
export const programOf = (command: string): string => {
  if (command.startsWith('[')) return command
  // busybox puts the name before the words where they differ: `{nginx} nginx: worker`.
  const named = /^\{([^{}]+)\} /.exec(command)?.[1]
  if (named !== undefined) return named
  const [first = ''] = command.replace(/^[-\\_| ]+/, '').split(/\s+/)
  return first.slice(first.lastIndexOf('/') + 1).replace(/:$/, '')
}

/** A memory cell of ps or top in bytes: plain numbers are KiB, top also writes `1.2g`. */
export const memoryCell = (text: string | undefined): number | undefined => {
  const match = /^([\d.,]+)([kmgtp]?)$/i.exec(text ?? '')
  const digits = parseNumber(match?.[1])
  if (match === null || digits === undefined) return undefined
  const power = 'kmgtp'.indexOf((match[2] || 'k').toLowerCase()) + 1
  return Math.round(digits * 1024 ** power)
}
