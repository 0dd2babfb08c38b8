import { complain, nothing, record, singleFact } from '../parsed.ts'
import { parseInstant } from '../text/instant.ts'
import { linesOf } from '../text/lines.ts'
import type { Parsed, Parser, ParserInput } from '../types.ts'

type Fields = (names: string) => string | undefined

const fieldsOf =
  (stdout: string): Fields =>
  names =>
    new RegExp(`^[ \\t]*(?:${names}) *[:=](.*)$`, 'm').exec(stdout)?.[1]?.trim()

const yesNo = (text: string | undefined): boolean | undefined => {
  if (text === 'yes' || text === 'active') return true
  return text === 'no' || text === 'inactive' ? false : undefined
}

const seconds = (text: string | undefined): number | undefined => {
  const digits = /^([+-]?[\d.]+) seconds/.exec(text ?? '')?.[1]
  return digits === undefined ? undefined : Number(digits)
}

const shares: Readonly<Record<string, number>> = { s: 1, ms: 1e3, us: 1e6, ns: 1e9 }

// chrony says that the clock is so many seconds fast or slow, timesyncd gives the correction: `Offset: +1.234ms`.
const offsetOf = (field: Fields): number | undefined => {
  const [, chrony, side] = /^([\d.]+) seconds (slow|fast)/.exec(field('System time') ?? '') ?? []
  if (chrony !== undefined) return Number(chrony) * (side === 'slow' ? -1 : 1)
  const [, amount, unit = 's'] = /^([+-]?[\d.]+)([mun]?s)$/.exec(field('Offset') ?? '') ?? []
  return amount === undefined ? undefined : Number(amount) / (shares[unit] ?? 1)
}

const synchronizedOf = (field: Fields): boolean | undefined => {
  const leap = field('Leap status')
  const told = yesNo(field('System clock synchronized|NTP synchronized|NTPSynchronized'))
  return told ?? (leap === undefined ? undefined : leap === 'Normal')
}

const clockOf = (field: Fields) => {
  const stratum = field('Stratum')
  return record({
    time: parseInstant(field('Universal time|TimeUSec') ?? ''),
    localTime: parseInstant(field('Local time') ?? ''),
    synchronized: synchronizedOf(field),
    ntp: yesNo(field('NTP service|NTP enabled|Network time on|systemd-timesyncd.service active|NTP')),
    timeZone: /^\S+/.exec(field('Time zone|Timezone') ?? '')?.[0],
    rtcInLocalTime: yesNo(field('RTC in local TZ|LocalRTC')),
    offsetSeconds: offsetOf(field),
    lastOffsetSeconds: seconds(field('Last offset')),
    rmsOffsetSeconds: seconds(field('RMS offset')),
    stratum: stratum === undefined ? undefined : Number(stratum),
    reference: field('Reference ID'),
  })
}

const silent = /^506 Cannot talk to daemon|^System has not been booted/m

const parse = ({ stdout }: ParserInput): Parsed => {
  if (silent.test(stdout)) return complain('E_FACTS_NO_ANSWER', 'The clock service does not answer')
  const value = clockOf(fieldsOf(stdout))
  const line = linesOf(stdout).find(({ text }) => /synchronized|Leap status|System time/i.test(text))
  if (Object.keys(value).length === 0) return nothing
  return singleFact('clock', { line: line?.number ?? 1, value })
}

/** Whether the clock is kept right: `timedatectl` of systemd old and new, `timedatectl show`, timesync-status, `chronyc tracking`. */
export const clock: Parser = {
  name: 'clock',
  gives: ['clock'],
  recognises: argv => argv[0] === 'timedatectl' || (argv[0] === 'chronyc' && argv.includes('tracking')),
  recognisesText: text => /^ *(?:System clock synchronized|NTP synchronized|Leap status) *:/m.test(text),
  parse,
}
