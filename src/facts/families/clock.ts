import { combine, nothing, record, singleFact } from '../parsed.ts'
import { parseInstant } from '../text/instant.ts'
import { linesOf } from '../text/lines.ts'
import type { Parsed, Parser, ParserInput } from '../types.ts'

const yesNo = (text: string | undefined): boolean | undefined => {
  if (text === 'yes' || text === 'active') return true
  return text === 'no' || text === 'inactive' ? false : undefined
}

const offsetOf = (stdout: string): number | undefined => {
  const match = /^System time\s*: ([\d.]+) seconds (slow|fast) of NTP time/m.exec(stdout)
  return match === null ? undefined : Number(match[1]) * (match[2] === 'slow' ? -1 : 1)
}

const parse = ({ stdout }: ParserInput): Parsed => {
  const field = (name: string): string | undefined =>
    new RegExp(`^\\s*(?:${name})\\s*: (.*?)\\s*$`, 'm').exec(stdout)?.[1]
  const chronyLeap = field('Leap status')
  const value = record({
    time: parseInstant(field('Universal time') ?? ''),
    synchronized:
      yesNo(field('System clock synchronized|NTP synchronized')) ??
      (chronyLeap === undefined ? undefined : chronyLeap === 'Normal'),
    ntp: yesNo(field('NTP service|NTP enabled|Network time on')),
    timeZone: /^\S+/.exec(field('Time zone') ?? '')?.[0],
    offsetSeconds: offsetOf(stdout),
    reference: field('Reference ID'),
  })
  const [line] = linesOf(stdout)
  return combine([
    Object.keys(value).length === 0 ? nothing : singleFact('clock', { line: line?.number ?? 1, value }),
  ])
}

/** Whether the clock is kept right: `timedatectl`, `chronyc tracking`. */
export const clock: Parser = {
  name: 'clock',
  gives: ['clock'],
  recognises: argv => argv[0] === 'timedatectl' || (argv[0] === 'chronyc' && argv.includes('tracking')),
  recognisesText: text => /^\s*(?:System clock synchronized|NTP synchronized|Leap status)\s*:/m.test(text),
  parse,
}
