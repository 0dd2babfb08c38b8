type Surroundings = {
  readonly atMs: number
  readonly environment: Readonly<Record<string, string>>
}

/** `Mon Nov 30 23:40:00 UTC 2026`, as date(1) of busybox writes a point of time. */
const dateText = (atMs: number): string => {
  const [weekday = '', day, month, year, time] = new Date(atMs).toUTCString().split(' ')
  return `${weekday.replace(',', '')} ${month} ${day} ${time} UTC ${year}`
}

const commandEnds = /\s*(?:;|&&|\|\||\n|\b(?:do|then|else|done|fi)\b)\s*/

/** The simple commands of a script, each without its quotes taken off; what stands in quotes is not cut. */
const commandsOf = (script: string): readonly string[] => {
  const quoted: string[] = []
  const kept = script.replace(
    /"(?:[^"\\]|\\.)*"|'[^']*'|\$\([^()]*\)/g,
    text => `\0${quoted.push(text) - 1}\0`,
  )
  return kept.split(commandEnds).map(text => text.replace(/\0(\d+)\0/g, (_, at) => quoted[Number(at)] ?? ''))
}

/** Text as the shell gives it to a command: quotes taken off, the date and variables put in outside of single ones. */
const expanded = (text: string, { atMs, environment }: Surroundings): string =>
  text.replace(
    /'([^']*)'|\$\(\s*date\s*\)|`\s*date\s*`|\$\(\s*hostname\s*\)|\$\{?(\w+)\}?|"/g,
    (found, plain: string | undefined, name: string | undefined) => {
      if (plain !== undefined) return plain
      if (found === '"') return ''
      if (name !== undefined) return environment[name] ?? ''
      return found.includes('date') ? dateText(atMs) : (environment.HOSTNAME ?? '')
    },
  )

const withoutQuoted = (command: string): string => command.replace(/"[^"]*"|'[^']*'/g, '')

/** What the commands of a script print by echo and date where it is not sent elsewhere, in their order, as they run at a point of time. */
export const printedBy = (script: string, at: Surroundings): readonly string[] =>
  commandsOf(script).flatMap(command => {
    const bare = withoutQuoted(command)
    if (/\|/.test(bare) || /(^|[^2&])>(?!&)/.test(bare)) return []
    const said = command.replace(/\s*\d?>&\d\s*$/, '').trim()
    if (said === 'date') return [dateText(at.atMs)]
    const echo = /^echo(?:\s+-[neE]+)*(?:\s+([\s\S]*))?$/.exec(said)
    return echo === null ? [] : [expanded(echo[1] ?? '', at)]
  })

/** A loop without an end: what its body holds, and how long it sleeps each time. */
export type EndlessLoop = { readonly body: string; readonly restMs: number }

const units: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 }

/** How long a script sleeps in all, as far as it says so. */
export const sleepMsOf = (text: string): number => {
  const read = /\bsleep\s+(\d+(?:\.\d+)?)([smhd]?)/.exec(text)
  return read === null ? 0 : Number(read[1]) * (units[read[2] || 's'] ?? 1) * 1_000
}

/** The loop without an end that a script comes to, if it rests in it; `undefined` for any other. */
export const endlessLoopOf = (script: string): EndlessLoop | undefined => {
  const body = /\bwhile\s+(?:true|:|\[ 1 \])\s*;?\s*do\b([\s\S]*?)\bdone\b/.exec(script)?.[1]
  if (body === undefined) return undefined
  const restMs = sleepMsOf(body)
  return restMs === 0 ? undefined : { body, restMs }
}
