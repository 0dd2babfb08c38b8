import type { Cells } from '../parsed.ts'
import { parseInstant } from '../text/instant.ts'
import { parseCalendarInstant } from './calendar-instant.ts'

/** The instant in a certificate's date: `Jun  1 00:00:00 2025 GMT`, or with -dateopt iso_8601 `2025-06-01 00:00:00Z`. */
export const certificateInstant = (text: string): string | undefined =>
  parseCalendarInstant(text) ?? parseInstant(text)

const partPattern = /(?:^|[,/+] ?)([A-Za-z]+) ?= ?("[^"]*"|(?:(?![,/+] ?[A-Za-z]+ ?=).)+)/g

const partsOf = (name: string, key: string): readonly string[] =>
  [...name.matchAll(partPattern)]
    .filter(match => match[1] === key)
    .map(match => (match[2] ?? '').trim().replace(/^"|"$/g, ''))

/** A distinguished name in each form that OpenSSL prints: `CN = node1`, `CN=node1`, `/O=system:nodes/CN=node1`. */
export const namesIn = (name: string) => {
  const organizations = partsOf(name, 'O')
  return {
    commonName: partsOf(name, 'CN').at(-1),
    organizations: organizations.length === 0 ? undefined : organizations,
  }
}

/** What a subject says of a certificate. */
export const subjectCells = (text: string): Cells => ({ subject: text, ...namesIn(text) })

/** What an issuer says of a certificate. */
export const issuerCells = (text: string): Cells => ({ issuer: text, issuerName: namesIn(text).commonName })

const listed = (text: string, pattern: RegExp): readonly string[] =>
  [...text.matchAll(pattern)].map(match => match[1] ?? '')

/** The names for which a certificate is valid: `DNS:localhost, IP Address:127.0.0.1`. */
export const alternativeNames = (text: string): Cells => ({
  dnsNames: listed(text, /DNS:([^,\s]+)/g),
  ipAddresses: listed(text, /IP(?: Address)?:([^,\s]+)/g),
})
