import type { DnsAnswer } from '../../network/dns-answer.ts'

/** How often a look-up tool asks a server that does not answer. */
export const ATTEMPTS = 3

/** What a server answered that has no address for a name, as look-up tools call it. */
export const failureText: Readonly<Record<string, string>> = {
  'no-name': 'NXDOMAIN',
  'server-failure': 'SERVFAIL',
  'query-refused': 'REFUSED',
}

/** The rows of an answer with addresses, as every nslookup prints them. */
export const foundRows = (
  name: string,
  { addresses, alias }: Extract<DnsAnswer, { kind: 'found' }>,
): string =>
  (alias === undefined ? '' : `${name}\tcanonical name = ${alias}.\n`) +
  addresses.map(found => `Name:\t${alias ?? name}\nAddress: ${found}\n`).join('')

/** What every nslookup says first of an answer that is not out of the server's own zone. */
export const authorityNote = ({ zone }: Extract<DnsAnswer, { kind: 'found' }>): string =>
  zone === undefined ? 'Non-authoritative answer:\n' : ''
