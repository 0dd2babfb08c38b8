import { remembering } from '../kube/remember.ts'

/** Zones whose short names no language of the table below has. */
const shortNames: Readonly<Record<string, string>> = {
  'Asia/Kolkata': 'IST',
  'Asia/Tokyo': 'JST',
  'Asia/Seoul': 'KST',
  'Asia/Shanghai': 'CST',
  'Asia/Hong_Kong': 'HKT',
}

/** The languages that have short names for the zones of a part of the world. */
const languages: Readonly<Record<string, string>> = {
  America: 'en-US',
  US: 'en-US',
  Europe: 'en-GB',
  Australia: 'en-AU',
}

const formatOf = (zone: string, language: string, timeZoneName: 'short' | 'longOffset') => {
  try {
    return new Intl.DateTimeFormat(language, { timeZone: zone, timeZoneName })
  } catch {
    return undefined
  }
}

const nameAt = (format: Intl.DateTimeFormat, atMs: number): string =>
  format.formatToParts(new Date(atMs)).find(part => part.type === 'timeZoneName')?.value ?? ''

/** Whether the tables of time zones know a name. */
export const isZone = remembering(
  (zone): boolean =>
    /^[A-Z][\w+-]*(\/[A-Z][\w+-]*)*$/.test(zone) && formatOf(zone, 'en-US', 'short') !== undefined,
)

const offsets = remembering((zone): Intl.DateTimeFormat | undefined => formatOf(zone, 'en-US', 'longOffset'))

/** How far a zone is ahead of UTC, in milliseconds; one that nobody knows is UTC. */
export const readZoneOffset = (zone: string, atMs: number): number => {
  const format = offsets(zone)
  const read = format === undefined ? null : /GMT([+-])(\d+):(\d+)/.exec(nameAt(format, atMs))
  if (read === null) return 0
  return (read[1] === '-' ? -1 : 1) * (Number(read[2]) * 60 + Number(read[3])) * 60_000
}

/** The short name of a zone at a point of time, such as EST; `undefined` for one that has none. */
export const shortZoneName = (zone: string, atMs: number): string | undefined => {
  const language = languages[zone.split('/')[0] ?? '']
  const format = language === undefined ? undefined : formatOf(zone, language, 'short')
  const found = shortNames[zone] ?? (format === undefined ? '' : nameAt(format, atMs))
  return /^[A-Z]{3,5}$/.test(found) ? found : undefined
}
