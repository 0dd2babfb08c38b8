import { type DnsAnswer, withoutDot } from './dns-query.ts'
import { parseDuration } from './durations.ts'

const recordPattern = /^([\w.*-]+)\s+(\d\w*)\s+(?:IN|CH|HS)\s+([A-Z][A-Z0-9]*)\s+(\S.*)$/

// `+ttlunits` writes `1h5m`.
const secondsOf = (ttl: string): number | undefined => (/^\d+$/.test(ttl) ? Number(ttl) : parseDuration(ttl))

/** A record as dig writes it: name, seconds to live, class, type and value. */
export const recordOf = (text: string): DnsAnswer | undefined => {
  const [, name, ttl = '', type, value = ''] = recordPattern.exec(text) ?? []
  if (name === undefined) return undefined
  return { name: withoutDot(name), type, ttl: secondsOf(ttl), value: withoutDot(value.trim()) ?? value }
}
