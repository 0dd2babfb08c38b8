/** One assignment of a unit file. */
export type UnitSetting = { readonly section: string; readonly key: string; readonly value: string }

/** Joins lines that a backslash continues; comments inside are left out, as systemd.syntax(7) says. */
const logicalLines = (text: string): readonly string[] => {
  const lines: string[] = []
  let open = false
  for (const line of text.split('\n')) {
    if (/^\s*[#;]/.test(line)) continue
    const isContinued = line.endsWith('\\')
    const part = isContinued ? `${line.slice(0, -1)} ` : line
    if (open) lines.push(`${lines.pop() ?? ''}${part.trimStart()}`)
    else lines.push(part)
    open = isContinued
  }
  return lines
}

/** The assignments of a unit file in their order. Lines that are none are left out, as systemd ignores them. */
export const parseUnitFile = (text: string): readonly UnitSetting[] => {
  let section = ''
  const settings: UnitSetting[] = []
  for (const line of logicalLines(text)) {
    const header = /^\s*\[([^\]]+)\]\s*$/.exec(line)
    const assignment = /^\s*([A-Za-z]\w*)\s*=\s*(.*?)\s*$/.exec(line)
    if (header !== null) section = header[1] ?? ''
    else if (assignment !== null)
      settings.push({ section, key: assignment[1] ?? '', value: assignment[2] ?? '' })
  }
  return settings
}

const unitsMs: Readonly<Record<string, number>> = {
  us: 0.001,
  ms: 1,
  s: 1_000,
  sec: 1_000,
  second: 1_000,
  seconds: 1_000,
  m: 60_000,
  min: 60_000,
  minutes: 60_000,
  minute: 60_000,
  month: 2_629_800_000,
  months: 2_629_800_000,
  year: 31_557_600_000,
  years: 31_557_600_000,
  h: 3_600_000,
  hr: 3_600_000,
  hour: 3_600_000,
  hours: 3_600_000,
  d: 86_400_000,
  day: 86_400_000,
  days: 86_400_000,
  w: 604_800_000,
  week: 604_800_000,
  weeks: 604_800_000,
}

/** A time span as systemd.time(7) writes it (`5`, `90s`, `1min 30s`, `infinity`), in milliseconds; `undefined` when it is none. */
export const parseSpanMs = (text: string): number | undefined => {
  if (text.trim() === 'infinity') return Number.POSITIVE_INFINITY
  let totalMs = 0
  const rest = text.trim().replace(/(\d+(?:\.\d+)?)\s*([a-z]*)\s*/g, (whole, count: string, unit: string) => {
    const factor = unit === '' ? 1_000 : unitsMs[unit]
    if (factor === undefined) return whole
    totalMs += Number(count) * factor
    return ''
  })
  return text.trim() === '' || rest !== '' ? undefined : totalMs
}

const withoutBackslashes = (text: string): string => text.replace(/\\(.)/g, '$1')

/** Words of a command line or assignment list: quotes hold together, a backslash takes the next character as it is. */
export const splitWords = (text: string): readonly string[] => {
  const words: string[] = []
  for (const [found] of text.matchAll(/(?:"(?:[^"\\]|\\.)*"|'[^']*'|\\.|[^\s"'\\])+/g))
    words.push(
      found.replace(/"(?:[^"\\]|\\.)*"|'[^']*'|\\./g, quoted =>
        quoted.startsWith("'") ? quoted.slice(1, -1) : withoutBackslashes(quoted.replace(/^"|"$/g, '')),
      ),
    )
  return words
}
