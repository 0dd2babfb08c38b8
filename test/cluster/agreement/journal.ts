import type { Relation } from './desk.ts'
import { linesOf, textOf } from './read.ts'

const HOUR_S = 3_600

/** How long before the journal took a line down its program wrote the time in front of it, in seconds; undefined for a line without one. */
const lagOf = (line: string): number | undefined => {
  const [, taken, minutes, seconds] =
    /^(\d+\.\d+) .*?: (?:[IWEF]\d{4} \d\d:|time="[\d-]+T\d\d:)(\d\d):(\d\d\.\d{6})/.exec(line) ?? []
  if (seconds === undefined) return undefined
  const lag = (Number(taken) % HOUR_S) - Number(minutes) * 60 - Number(seconds)
  return Math.abs(lag) > HOUR_S / 2 ? HOUR_S - Math.abs(lag) : lag
}

const inOrder: Relation = {
  name: 'the journal is in order, knows no future and hears of no line before it was said',
  where: 'machine',
  check: async desk => {
    const text = await textOf(desk, 'journalctl -b --no-pager -o short-unix; echo "$(date +%s) now"')
    if (text === undefined) return
    const lines = linesOf(text).filter(line => /^\d/.test(line))
    const now = Number.parseFloat(lines.at(-1) ?? '')
    let before = ''
    let jumps = 0
    for (const line of lines.slice(0, -1)) {
      if (Number.parseFloat(line) < Number.parseFloat(before) && jumps++ < 2)
        desk.holds(false, `journalctl: "${before.slice(0, 90)}" stands before "${line.slice(0, 90)}"`)
      if (Number.parseFloat(line) > now + 1)
        desk.holds(false, `journalctl: "${line.slice(0, 120)}" | date: ${now}`)
      const lag = lagOf(line) ?? 0
      if (lag < -0.000_002 || lag > 0.001)
        desk.holds(false, `journalctl: ${lag} s lie in "${line.slice(0, 120)}"`)
      before = line
    }
    desk.holds(lines.length > 1, 'journalctl -b prints nothing')
  },
}

const countsAgree: Relation = {
  name: 'the journal counts the same in each format and selection',
  where: 'machine',
  check: async desk => {
    // What comes in between two counts is in neither.
    const journal = `journalctl --no-pager -b --until=@${Number(await textOf(desk, 'date +%s')) - 1}`
    const count = async (options: string): Promise<number> =>
      Number((await desk.type(`${journal} ${options} | grep -vc '^-- '`)).stdout.trim())
    const all = await count('')
    desk.same('lines', {
      short: all,
      cat: await count('-o short-iso'),
      json: await count('-o json'),
    })
    desk.same('by priority', { all, debug: await count('-p debug') })
    const errors = await count('-p err -o short-iso')
    const warnings = await count('-p warning -o short-iso')
    desk.holds(
      errors <= warnings && warnings <= all,
      `journalctl: ${errors} errors, ${warnings} warnings and worse, ${all} lines`,
    )
    desk.same('errors', {
      'p err': errors,
      json: Number((await desk.type(`${journal} -o json | grep -Ec '"PRIORITY":"[0-3]"'`)).stdout.trim()),
    })
  },
}

const loginsAgree: Relation = {
  name: 'a login that has ended stands in the journal of sshd as in last',
  where: 'machine',
  check: async desk => {
    const logins = linesOf((await textOf(desk, 'last')) ?? '').filter(line => / - \d\d:\d\d /.test(line))
    const told = linesOf((await textOf(desk, 'journalctl --no-pager -t sshd')) ?? '')
    for (const line of logins.filter(text => text.includes('pts/'))) {
      const [, month, day = '', from = '', to = ''] =
        /(\w{3}) +(\d+) (\d\d:\d\d) - (\d\d:\d\d)/.exec(line) ?? []
      const opened = new RegExp(`^${month} ${day.padStart(2, '0')} ${from}:.*session opened`)
      desk.holds(
        told.some(entry => opened.test(entry)),
        `last: ${line} | the journal of sshd has no session opened then`,
      )
      desk.holds(
        told.some(entry => entry.includes(` ${to}:`) && entry.includes('session closed')),
        `last: ${line} | the journal of sshd has no session closed then`,
      )
    }
  },
}

/** Relations about the journal. */
export const journalRelations: readonly Relation[] = [inOrder, countsAgree, loginsAgree]
