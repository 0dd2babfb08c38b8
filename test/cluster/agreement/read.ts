import type { Desk } from './desk.ts'

/** The lines of a text that hold something. */
export const linesOf = (text: string): readonly string[] =>
  text.split('\n').filter(line => line.trim() !== '')

/** Rows of words of a table; `skip` heads are left out. */
export const rowsOf = (text: string, skip = 0): readonly (readonly string[])[] =>
  linesOf(text)
    .slice(skip)
    .map(line => line.trim().split(/\s+/))

/** `Key: value` or `Key=value` lines. */
export const pairsOf = (text: string, separator = '='): Readonly<Record<string, string>> =>
  Object.fromEntries(
    linesOf(text).flatMap(line => {
      const at = line.indexOf(separator)
      return at < 0 ? [] : [[line.slice(0, at).trim(), line.slice(at + separator.length).trim()]]
    }),
  )

/** What a program printed as JSON; undefined where it failed. */
export const jsonOf = async <Shape>(
  desk: Desk,
  line: string,
  machine?: string,
): Promise<Shape | undefined> => {
  const { stdout, exit } = await desk.type(line, machine)
  if (exit !== 0 || !/^\s*[[{]/.test(stdout)) return undefined
  return JSON.parse(stdout)
}

/** The items of a list of the API; undefined where the API does not answer. */
export const itemsOf = async <Shape>(desk: Desk, what: string): Promise<readonly Shape[] | undefined> =>
  (await jsonOf<{ readonly items: readonly Shape[] }>(desk, `kubectl get ${what} -o json`))?.items

/** What a program printed, or undefined where it is not there or failed. */
export const textOf = async (desk: Desk, line: string, machine?: string): Promise<string | undefined> => {
  const { stdout, exit } = await desk.type(line, machine)
  return exit === 0 ? stdout : undefined
}

/** Seconds since 1970 of a moment that `date -d` understands as UTC: systemd's, klog's heads, RFC 3339. */
export const secondsOf = (text: string): number | undefined => {
  const systemd = /(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)/.exec(text)
  if (!systemd) return undefined
  return Date.parse(`${systemd[1]}T${systemd[2]}Z`) / 1000
}

/** Whether a machine's clock has been set since its boot: times that were written before do not change with it. */
export const wasClockSet = async (desk: Desk): Promise<boolean> => {
  const since = secondsOf((await textOf(desk, 'uptime -s')) ?? '') ?? Number.NaN
  const first = Number.parseFloat(
    (await textOf(desk, 'journalctl -b -o short-unix --no-pager | grep -m1 ^[0-9]')) ?? '',
  )
  return !(Math.abs(first - since) < 30)
}

/** The text sorted, for sets that have no order. */
export const sorted = (list: readonly string[]): readonly string[] => [...list].sort()
