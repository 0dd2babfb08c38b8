import { combine, nothing, singleFact } from '../parsed.ts'
import { parseInstant } from '../text/instant.ts'
import { linesOf, type TextLine } from '../text/lines.ts'
import { parseNumber } from '../text/number.ts'
import type { Parsed, Parser, ParserInput } from '../types.ts'

const loadPattern = /load averages?: +(\d+[.,]\d+),? +(\d+[.,]\d+),? +(\d+[.,]\d+)/i
// In another language the figures end a line that begins with the time and `up`.
const anyLoad = /^ ?\d\d?:\d\d(?::\d\d)? up .*: +(\d+[.,]\d\d),? +(\d+[.,]\d\d),? +(\d+[.,]\d\d)\s*$/
const upPattern =
  /\bup +(?:(\d+) (?:days?|Tage?|jours?|días?|dias?|giorn[oi]|dag(?:en)?|天),? +)?(?:(\d+):(\d\d)|(\d+) min|(\d+) sec)?/

const secondsUp = (text: string): number | undefined => {
  const match = upPattern.exec(text)
  if (match === null || match.slice(1).every(part => part === undefined)) return undefined
  const [days = 0, hours = 0, minutes = 0, onlyMinutes = 0, seconds = 0] = match
    .slice(1)
    .map(part => Number(part ?? 0))
  return ((days * 24 + hours) * 60 + minutes + onlyMinutes) * 60 + seconds
}

const usersOf = ({ number, text }: TextLine): Parsed => {
  const count = /,\s+(\d+) (?:users?|Benutzer|utilisateurs?|usuarios?|utent[ei])\b/.exec(text)?.[1]
  return count === undefined ? nothing : singleFact('loggedInUsers', { line: number, value: Number(count) })
}

/** Load averages, the time since boot and how many are logged in out of the line that uptime, w and top have in common. */
export const readUptimeLine = (stdout: string): Parsed => {
  const line = linesOf(stdout).find(({ text }) => loadPattern.test(text) || anyLoad.test(text))
  if (line === undefined) return nothing
  const [one = 0, five = 0, fifteen = 0] = (loadPattern.exec(line.text) ?? anyLoad.exec(line.text) ?? [])
    .slice(1)
    .map(cell => parseNumber(cell) ?? 0)
  const up = secondsUp(line.text)
  return combine([
    singleFact('load', { line: line.number, value: { one, five, fifteen } }),
    up === undefined ? nothing : singleFact('uptimeSeconds', { line: line.number, value: up }),
    usersOf(line),
  ])
}

const spans: Readonly<Record<string, number>> = {
  decade: 315_360_000,
  year: 31_536_000,
  month: 2_592_000,
  week: 604_800,
  day: 86_400,
  hour: 3600,
  minute: 60,
}

// `up 2 weeks, 3 days, 4 hours, 5 minutes`
const inWords = (stdout: string): Parsed => {
  const text = /^up (?:\d+ [a-z]+(?:, )?)+$/.test(stdout.trim()) ? stdout : ''
  const parts = [...text.matchAll(/(\d+) (decade|year|month|week|day|hour|minute)/g)]
  const value = parts.reduce((sum, [, count, span = '']) => sum + Number(count) * (spans[span] ?? 0), 0)
  return parts.length === 0 ? nothing : singleFact('uptimeSeconds', { line: 1, value })
}

// `uptime -s` prints local time without its zone.
const bootedAt = (stdout: string): Parsed => {
  const line = linesOf(stdout).find(({ text }) => /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text.trim()))
  const value = parseInstant(line?.text ?? '')
  return line === undefined || value === undefined
    ? nothing
    : singleFact('bootedAt', { line: line.number, value })
}

const parse = ({ argv, stdout }: ParserInput): Parsed =>
  combine([readUptimeLine(stdout), inWords(stdout), argv[0] === 'uptime' ? bootedAt(stdout) : nothing])

/** Load, time since boot and how many are logged in: `uptime` plain, -p and -s, `w`. */
export const uptime: Parser = {
  name: 'uptime',
  gives: ['load', 'uptimeSeconds', 'loggedInUsers', 'bootedAt'],
  recognises: argv => argv[0] === 'uptime' || argv[0] === 'w',
  recognisesText: text => text.length < 400 && loadPattern.test(text),
  parse,
}
