const offsets: Readonly<Record<string, string>> = {
  UTC: 'Z',
  GMT: 'Z',
  Z: 'Z',
  WET: 'Z',
  WEST: '+01:00',
  CET: '+01:00',
  CEST: '+02:00',
  EET: '+02:00',
  EEST: '+03:00',
  MSK: '+03:00',
  JST: '+09:00',
  KST: '+09:00',
  HKT: '+08:00',
  SAST: '+02:00',
  AEST: '+10:00',
  AEDT: '+11:00',
  NZST: '+12:00',
  NZDT: '+13:00',
  EST: '-05:00',
  EDT: '-04:00',
  CDT: '-05:00',
  MDT: '-06:00',
  PST: '-08:00',
  PDT: '-07:00',
}

const stamp =
  /(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}(?::\d{2})?)(?:[.,](\d+))?\s?(Z|[+-]\d{2}(?::?\d{2})?|[A-Z]{2,5})?/

const offsetOf = (zone: string): string => {
  if (/^[+-]\d{2}$/.test(zone)) return `${zone}:00`
  if (/^[+-]\d{4}$/.test(zone)) return `${zone.slice(0, 3)}:${zone.slice(3)}`
  return /^[+-]/.test(zone) ? zone : (offsets[zone] ?? '')
}

/**
 * The first full date with a time in a text, as ISO 8601: `Sat 2026-11-21 06:10:39 UTC` gives `2026-11-21T06:10:39Z`.
 * A zone whose abbreviation several countries share is left out: the instant is then local time of the machine.
 */
export const parseInstant = (text: string): string | undefined => {
  const match = stamp.exec(text)
  if (match === null) return undefined
  const [, date = '', time = '', fraction, zone = ''] = match
  return `${date}T${time.length === 5 ? `${time}:00` : time}${fraction === undefined ? '' : `.${fraction}`}${offsetOf(zone)}`
}
